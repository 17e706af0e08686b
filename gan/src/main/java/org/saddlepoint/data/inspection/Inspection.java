package org.saddlepoint.data.inspection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.SourcePictures;

/**
 * What one pass over a whole data set shows: how much there is of what, what hurts training, and what to do about it.
 *
 * <p>The data set should be opened so that small images are enlarged; they are then counted and not refused.
 */
public final class Inspection {
    private final Dataset data;
    private final List<Survey> surveys;
    private final List<List<Finding>> findings = new ArrayList<>(); // of each survey

    private Inspection(Dataset data, List<Survey> surveys) {
        this.data = data;
        this.surveys = surveys;
        for (Survey survey : surveys) {
            List<Finding> found = new ArrayList<>();
            Checks.OF_PICTURES.forEach(check -> check.of(survey)
                    .map(finding -> finding.in(survey.pictures().title()))
                    .ifPresent(found::add));
            findings.add(found);
        }
        Checks.OF_DATA.forEach(check -> check.of(surveys.get(0)).ifPresent(findings.get(surveys.size() - 1)::add));
    }

    /**
     * Reads every example once, on all processors.
     *
     * @param source what commands call the data, in quotes if need be; for the commands in advice
     * @param progress is told now and then
     */
    public static Inspection of(Dataset data, String source, SurveyProgress progress) {
        List<Survey> surveys = new ArrayList<>();
        for (SourcePictures pictures : data.pictures()) {
            surveys.add(Survey.of(data, source, pictures, progress));
        }
        return new Inspection(data, List.copyOf(surveys));
    }

    /** Number of examples that can be read. */
    public int examples() {
        return surveys.stream().mapToInt(Survey::intact).max().orElse(0);
    }

    /** How many readable examples each class has, by name; empty without classes. */
    public Map<String, Integer> classes() {
        return ClassCounts.of(surveys.get(0));
    }

    /** The least and the largest value of each number that describes examples, of those that can be read. */
    public Map<String, List<Float>> ranges() {
        List<String> names = data.vectorNames();
        Map<String, List<Float>> ranges = new LinkedHashMap<>();
        float[] vector = new float[names.size()];
        for (int index = 0; vector.length > 0 && index < data.size(); index++) {
            if (surveys.get(0).isIntact(index)) {
                data.readVector(index, vector, 0);
                for (int n = 0; n < vector.length; n++) {
                    ranges.merge(
                            names.get(n),
                            List.of(vector[n], vector[n]),
                            (p, q) -> List.of(Math.min(p.get(0), q.get(0)), Math.max(p.get(1), q.get(1))));
                }
            }
        }
        return ranges;
    }

    /** What each check found that applies to this data, with those that found nothing. */
    public List<Finding> findings() {
        return findings.stream().flatMap(List::stream).toList();
    }

    /** What to do, what helps most first. */
    public List<Advice> advice() {
        return Advice.inOrder(findings().stream()
                .map(Finding::advice)
                .flatMap(Optional::stream)
                .toList());
    }

    /** Examples to look at: a sample, and for each finding the worst. */
    public ContactSheet sheet() {
        List<ContactSheet.Row> rows = new ArrayList<>();
        for (int i = 0; i < surveys.size(); i++) {
            rows.addAll(ContactSheet.rows(surveys.get(i), findings.get(i)));
        }
        return new ContactSheet(rows);
    }
}

package org.saddlepoint.diagnostics;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/**
 * A diagnosis as a page: {@code diagnosis.md} and {@code diagnosis.html} with {@code diagnosis.png} and {@code diagnosis.svg},
 * each whole or not at all.
 */
public final class DiagnosisPage {
    private static final String FIGURE = "diagnosis.png";

    private final Diagnosis diagnosis;
    private final String name;
    private final Function<Remedy, Map<String, String>> flags;
    private final List<String> notes;
    private final Page page = new Page();

    /**
     * A page that explains this diagnosis: verdict, time line, causes and remedies.
     *
     * @param name of what was looked at
     * @param flags the settings of a remedy; empty where it has none
     * @param notes what else is to be said, such as of values that could not be read
     */
    public DiagnosisPage(
            Diagnosis diagnosis, String name, Function<Remedy, Map<String, String>> flags, List<String> notes) {
        this.diagnosis = diagnosis;
        this.name = name;
        this.flags = flags;
        this.notes = List.copyOf(notes);
    }

    /**
     * Writes the page and its figure.
     *
     * @return the Markdown file
     * @throws RunException if a file cannot be written
     */
    public Path write(Path folder) {
        boolean figure = DiagnosisFigure.write(
                diagnosis, "Diagnosis of " + name, folder.resolve(FIGURE), folder.resolve("diagnosis.svg"));
        compose(figure);
        try {
            AtomicFiles.writeString(folder.resolve("diagnosis.md"), page.markdown());
            AtomicFiles.writeString(folder.resolve("diagnosis.html"), page.html("Diagnosis of " + name));
        } catch (IOException e) {
            throw RunException.of(e);
        }
        return folder.resolve("diagnosis.md");
    }

    private void compose(boolean figure) {
        page.heading(1, "Diagnosis of " + name);
        page.paragraph("Verdict: " + diagnosis.line() + ".");
        page.paragraph(String.format(
                Locale.ROOT,
                "Rests on %,d readings and %,d logged losses up to step %,d.",
                diagnosis.signals().readings().size(),
                Math.max(
                        diagnosis.signals().discriminatorLoss().size(),
                        diagnosis.signals().generatorLoss().size()),
                diagnosis.signals().step()));
        notes.forEach(page::paragraph);
        if (figure) {
            page.picture(FIGURE, "losses with findings, and signals");
        }
        page.heading(2, "Time line");
        if (diagnosis.episodes().isEmpty()) {
            page.paragraph("Nothing was found.");
        } else {
            page.table(List.of("found", "since", "gone", "what", "severity"), rows());
        }
        diagnosis.open().forEach(this::explain);
        page.heading(2, "Ruled out");
        page.list(diagnosis.ruledOut().stream()
                .map(symptom -> symptom.title() + ": not so that " + symptom.rule())
                .toList());
        if (!diagnosis.unknown().isEmpty()) {
            page.heading(2, "Could not be looked for");
            page.list(diagnosis.unknown().stream()
                    .map(each -> each.symptom().title() + ": missing " + each.missing())
                    .toList());
        }
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Episode episode : diagnosis.episodes()) {
            rows.add(List.of(
                    String.format(Locale.ROOT, "%,d", episode.found()),
                    String.format(Locale.ROOT, "%,d", episode.finding().since()),
                    episode.healed().isPresent()
                            ? String.format(Locale.ROOT, "%,d", episode.healed().getAsLong())
                            : "lasts",
                    episode.finding().what(),
                    episode.finding().severity().word()));
        }
        return rows;
    }

    private void explain(Episode episode) {
        Finding finding = episode.finding();
        page.heading(2, finding.what());
        page.paragraph("Evidence:");
        page.list(finding.evidence().stream().map(Evidence::toString).toList());
        page.paragraph("Causes, the likeliest first, and what to do:");
        List<String> causes = new ArrayList<>();
        for (Cause cause : finding.causes()) {
            List<String> remedies = cause.remedies().stream().map(this::remedy).toList();
            causes.add(cause.words() + (remedies.isEmpty() ? "" : ": " + String.join("; or ", remedies)));
        }
        page.list(causes);
    }

    private String remedy(Remedy remedy) {
        return remedy.words() + words(flags.apply(remedy));
    }

    /** Flags to copy. */
    private static String words(Map<String, String> settings) {
        StringBuilder words = new StringBuilder();
        settings.forEach((key, value) -> words.append(words.isEmpty() ? "" : " ")
                .append("--set ")
                .append(org.saddlepoint.input.ShellWord.quote(key + "=" + value)));
        return words.isEmpty() ? "" : " `" + words + "`";
    }
}

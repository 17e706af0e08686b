package org.saddlepoint.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.saddlepoint.data.Skipped.Kind;

/**
 * How many files were left out and why, in a few lines however many there are: one for each reason, one for all damaged
 * files, and one for files that are no pictures.
 */
public final class SkippedSummary {
    private static final int NAMED = 3;
    private static final int MOST_REASONS = 20;

    private SkippedSummary() {}

    /**
     * The lines, none if nothing was left out. For example:
     *
     * <pre>
     * 3 files (IMG_1.HEIC, IMG_2.HEIC, IMG_3.HEIC): HEIC is not read; convert them to PNG or JPEG
     * 2 damaged: a.png (the file is empty), b.png (the PNG image is cut off)
     * 14 other files (.json, .txt)
     * </pre>
     */
    public static List<String> lines(List<Skipped> skipped) {
        List<String> lines = new ArrayList<>();
        Map<String, List<Skipped>> byReason = new LinkedHashMap<>();
        skipped.stream().filter(each -> each.kind() == Kind.NOT_READ).forEach(each -> byReason.computeIfAbsent(
                        each.reason(), reason -> new ArrayList<>())
                .add(each));
        byReason.entrySet().stream()
                .limit(MOST_REASONS)
                .forEach(group -> lines.add(files(group.getValue().size()) + " ("
                        + ClassNames.listed(
                                group.getValue().stream().map(Skipped::name).toList(), NAMED)
                        + "): " + group.getKey()));
        if (byReason.size() > MOST_REASONS) {
            lines.add(files(byReason.values().stream()
                            .skip(MOST_REASONS)
                            .mapToInt(List::size)
                            .sum()) + " for other reasons");
        }
        List<String> damaged = skipped.stream()
                .filter(each -> each.kind() == Kind.DAMAGED)
                .map(each -> each.name() + " (" + each.reason() + ")")
                .toList();
        if (!damaged.isEmpty()) {
            lines.add(damaged.size() + " damaged: " + ClassNames.listed(damaged, NAMED));
        }
        List<String> others = skipped.stream()
                .filter(each -> each.kind() == Kind.OTHER)
                .map(Skipped::name)
                .toList();
        if (!others.isEmpty()) {
            lines.add(
                    others.size() + (others.size() == 1 ? " other file (" : " other files (") + endings(others) + ")");
        }
        return lines;
    }

    /** All lines in one, such as {@code left out of folder photos: 2 damaged: …; 3 other files (.txt)}; empty for none. */
    public static String of(String dataset, List<Skipped> skipped) {
        List<String> lines = lines(skipped);
        return lines.isEmpty() ? "" : "left out of " + dataset + ": " + String.join("; ", lines);
    }

    private static String files(int count) {
        return count == 1 ? "1 file" : count + " files";
    }

    /** The endings, the most frequent ones first. */
    private static String endings(List<String> names) {
        Map<String, Long> counts = names.stream()
                .collect(Collectors.groupingBy(SkippedSummary::ending, TreeMap::new, Collectors.counting()));
        List<String> sorted = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
        return ClassNames.listed(sorted, NAMED);
    }

    private static String ending(String name) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        int dot = file.lastIndexOf('.');
        return dot > 0 && dot < file.length() - 1 ? file.substring(dot).toLowerCase(Locale.ROOT) : file;
    }
}

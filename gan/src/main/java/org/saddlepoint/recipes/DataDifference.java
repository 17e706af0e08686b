package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Digest;
import org.saddlepoint.data.images.SharedFolders;
import org.saddlepoint.run.DataSummary;
import org.saddlepoint.run.RunManifest;

/** Says how data differs from what a run learned from, as far as the run knows of it. */
final class DataDifference {
    /** How many files or classes a message names. */
    private static final int NAMED = 3;

    private final RunManifest.Data learnt;
    private final Dataset found;
    private final List<String> facts = new ArrayList<>();

    private DataDifference(RunManifest.Data learnt, Dataset found) {
        this.learnt = learnt;
        this.found = found;
    }

    /** What the fingerprint of data covers, in parts. */
    static DataSummary summary(Dataset data) {
        int[] counts = new int[data.classNames().size()];
        float[] vector = new float[data.vectorNames().size()];
        Digest labels = new Digest();
        Digest vectors = new Digest();
        for (int i = 0; i < data.size(); i++) {
            data.label(i).ifPresent(label -> {
                counts[label]++;
                labels.add(label);
            });
            if (vector.length > 0) {
                data.readVector(i, vector, 0);
                vectors.add(vector);
            }
        }
        return new DataSummary(data.size(), Arrays.stream(counts).boxed().toList(), labels.hex(), vectors.hex());
    }

    /**
     * What differs, such as {@code it has 3 examples instead of 4; 2.png is missing}.
     *
     * @param files the files that the run learned from, if they are known
     */
    static String between(RunManifest.Data learnt, Optional<List<DataFile>> files, Dataset found) {
        DataDifference difference = new DataDifference(learnt, found);
        difference.compareExamples();
        boolean listed = files.isPresent() && !found.files().isEmpty();
        if (listed) {
            difference.compareFiles(files.get(), found.files());
        }
        difference.compareLabels(listed);
        if (difference.facts.isEmpty()) {
            difference.facts.add(difference.rest(listed));
        }
        return String.join("; ", difference.facts);
    }

    private void compareExamples() {
        learnt.summary()
                .filter(summary -> summary.examples() != found.size())
                .ifPresent(summary -> facts.add(String.format(
                        Locale.ROOT, "it has %,d examples instead of %,d", found.size(), summary.examples())));
        List<Integer> shape = Arrays.stream(found.shape().dimensions()).boxed().toList();
        if (!shape.equals(learnt.exampleShape())) {
            facts.add("its examples have the shape " + shape + " instead of " + learnt.exampleShape());
        }
    }

    private void compareFiles(List<DataFile> before, List<DataFile> now) {
        Map<String, DataFile> old = byName(before);
        Map<String, DataFile> present = byName(now);
        List<String> missing =
                old.keySet().stream().filter(name -> !present.containsKey(name)).toList();
        List<String> added =
                present.keySet().stream().filter(name -> !old.containsKey(name)).toList();
        if (missing.size() == old.size() && haveOtherFoldersAround(before, now)) {
            return;
        }
        addNamed(missing, "is missing", "files are missing");
        addNamed(added, "is new", "files are new");
        Map<String, String> changed = new LinkedHashMap<>();
        old.forEach((name, file) -> {
            DataFile other = present.get(name);
            if (other != null) {
                change(file, other).ifPresent(what -> changed.put(name, what));
            }
        });
        if (!changed.isEmpty()) {
            Map.Entry<String, String> first = changed.entrySet().iterator().next();
            facts.add(first.getKey() + " " + first.getValue()
                    + (changed.size() == 1 ? "" : ", and " + (changed.size() - 1) + " more files differ"));
        }
        if (missing.isEmpty() && added.isEmpty() && changed.isEmpty()) {
            compareOrder(before, now);
        }
    }

    private static Map<String, DataFile> byName(List<DataFile> files) {
        Map<String, DataFile> byName = new LinkedHashMap<>();
        files.forEach(file -> byName.put(file.name(), file));
        return byName;
    }

    /** Whether all that differs is folders that lie around all files. */
    private boolean haveOtherFoldersAround(List<DataFile> before, List<DataFile> now) {
        String old = around(before);
        String present = around(now);
        boolean same = before.size() == now.size()
                && IntStream.range(0, before.size()).allMatch(i -> before.get(i)
                        .name()
                        .substring(old.length())
                        .equals(now.get(i).name().substring(present.length())));
        if (same) {
            facts.add(
                    old.isEmpty()
                            ? "its files lie in " + present + ", so that this folder may be meant"
                            : "its files do not lie in " + old
                                    + " as those of the run do, so that a folder around it may" + " be meant");
        }
        return same;
    }

    private static String around(List<DataFile> files) {
        List<String> names = files.stream().map(DataFile::name).toList();
        return names.get(0).substring(0, SharedFolders.length(names));
    }

    private void addNamed(List<String> names, String one, String many) {
        if (names.size() == 1) {
            facts.add(names.get(0) + " " + one);
        } else if (!names.isEmpty()) {
            facts.add(String.format(Locale.ROOT, "%,d %s: %s", names.size(), many, ClassNames.listed(names, NAMED)));
        }
    }

    private static Optional<String> change(DataFile old, DataFile file) {
        if (old.bytes() != file.bytes()) {
            return Optional.of(String.format(Locale.ROOT, "has %,d bytes instead of %,d", file.bytes(), old.bytes()));
        }
        if (old.width() != file.width() || old.height() != file.height()) {
            return Optional.of("has " + file.width() + "x" + file.height() + " pixels instead of " + old.width() + "x"
                    + old.height());
        }
        if (old.checksum() != file.checksum() && old.checksum() != 0 && file.checksum() != 0) {
            return Optional.of("has another checksum");
        }
        return old.label().equals(file.label())
                ? Optional.empty()
                : Optional.of("is " + classOf(file) + " instead of " + classOf(old));
    }

    private static String classOf(DataFile file) {
        return file.label().isEmpty() ? "in no class" : "in the class " + file.label();
    }

    private void compareOrder(List<DataFile> before, List<DataFile> now) {
        for (int i = 0; i < before.size(); i++) {
            DataFile old = before.get(i);
            DataFile file = now.get(i);
            if (!old.name().equals(file.name())) {
                facts.add("its files come in another order, " + file.name() + " where " + old.name() + " was");
                return;
            }
            if (old.checksum() != file.checksum()) {
                facts.add(
                        old.checksum() == 0
                                ? "its files are the same but in a zip, whose checksums count: unpack it"
                                : "its files are the same but in a folder, and the run learned from a zip, whose"
                                        + " checksums count: give the zip");
                return;
            }
        }
    }

    /** @param listed whether files were compared, and with them their labels */
    private void compareLabels(boolean listed) {
        boolean clusters = !learnt.classSizes().isEmpty(); // the names of the data's own classes are not known
        if (!clusters && !learnt.classNames().equals(found.classNames())) {
            facts.add("it has " + classes(found.classNames()) + " instead of " + classes(learnt.classNames()));
        } else if (!listed) {
            learnt.summary().ifPresent(this::compareCounts);
        }
        if (!learnt.vectorNames().equals(found.vectorNames())) {
            facts.add("it has " + numbers(found.vectorNames()) + " instead of " + numbers(learnt.vectorNames()));
        } else if (learnt.summary().isPresent()
                && learnt.summary().get().examples() == found.size()
                && !learnt.summary().get().vectors().equals(summary(found).vectors())) {
            facts.add("the numbers that describe its examples differ");
        }
    }

    private void compareCounts(DataSummary old) {
        DataSummary now = summary(found);
        Map<String, String> changed = new HashMap<>();
        for (int i = 0; i < old.classCounts().size() && i < now.classCounts().size(); i++) {
            if (!Objects.equals(old.classCounts().get(i), now.classCounts().get(i))) {
                changed.put(
                        found.classNames().get(i),
                        String.format(
                                Locale.ROOT,
                                "%,d examples instead of %,d",
                                now.classCounts().get(i),
                                old.classCounts().get(i)));
            }
        }
        if (!changed.isEmpty()) {
            facts.add(changed.entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .limit(NAMED)
                            .map(each -> "the class " + each.getKey() + " has " + each.getValue())
                            .collect(Collectors.joining(", "))
                    + (changed.size() > NAMED ? ", and " + (changed.size() - NAMED) + " more classes differ" : ""));
        } else if (old.examples() == now.examples() && !old.labels().equals(now.labels())) {
            facts.add("its labels differ");
        }
    }

    private static String classes(List<String> names) {
        return names.isEmpty() ? "no classes" : "the classes " + ClassNames.listed(names, 2 * NAMED);
    }

    private static String numbers(List<String> names) {
        return names.isEmpty() ? "no numbers" : "the numbers " + ClassNames.listed(names, 2 * NAMED);
    }

    private String rest(boolean listed) {
        if (listed) {
            return "its files are the same, but it is another kind of data, such as a table in place of a folder";
        }
        if (found.files().isEmpty()) {
            return learnt.summary().isPresent()
                    ? "the content of its examples differs"
                    : "its content differs; what more is not known of a run of an earlier release";
        }
        return "names, lengths or sizes of its files differ; which is not known, since the run has no list of its files";
    }
}

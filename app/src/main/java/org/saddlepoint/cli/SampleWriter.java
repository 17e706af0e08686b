package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.SampleGrid;
import org.saddlepoint.data.ClassNames;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.plot.LabelledSheet;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.tensor.Engine;

/** Puts samples into files: a sheet, single pictures, or a table of points. */
final class SampleWriter {
    private final int[] example;
    private final SampleGrid grid;
    private final List<String> classNames;
    private final boolean namesClasses;
    private final Path target;

    private SampleWriter(int[] example, SampleGrid grid, List<String> classNames, boolean namesClasses, Path target) {
        this.example = example;
        this.grid = grid;
        this.classNames = classNames;
        this.namesClasses = namesClasses;
        this.target = target;
    }

    /**
     * A writer of samples of these sizes.
     *
     * @param grid which samples
     * @param classNames of all classes, where the grid asks for some
     * @param namesClasses whether a table of points names the class of each, where there are several
     * @param out where to, or null for a file in the current folder
     * @throws UsageException if the file's ending does not fit what the run draws
     */
    static SampleWriter of(
            int[] example, SampleGrid grid, List<String> classNames, boolean namesClasses, @Nullable Path out) {
        boolean pictures = example.length == 3;
        Path target = out == null ? Path.of(pictures ? "samples.png" : "samples.csv") : out;
        if (target.toString().isBlank()) {
            throw new UsageException("--out was given an empty name; expected a file or a folder");
        }
        if (pictures && ends(target, ".csv")) {
            throw new UsageException("this run draws pictures but --out is " + target
                    + "; give a .png for a sheet, or a folder for single pictures");
        }
        if (!pictures && !ends(target, ".csv")) {
            throw new UsageException("this run draws points but --out is " + target + "; give a .csv for a table");
        }
        if (pictures && !ends(target, ".png") && grid.hasClasses()) {
            requireFolders(grid, classNames, target);
        }
        return new SampleWriter(example, grid, classNames, namesClasses, target);
    }

    private static void requireFolders(SampleGrid grid, List<String> classNames, Path target) {
        Map<String, String> owners = new HashMap<>();
        for (int label : grid.first()) {
            String name = classNames.get(label);
            String owner = owners.putIfAbsent(ClassNames.folder(name).toLowerCase(Locale.ROOT), name);
            if (owner != null && !owner.equals(name)) {
                throw new UsageException("the classes " + owner + " and " + name + " would share a folder in " + target
                        + "; draw one at a time with --label, or a sheet with --out F.png");
            }
        }
    }

    /** Whether they go on a sheet. */
    boolean isSheet() {
        return example.length == 3 && ends(target, ".png");
    }

    /**
     * Writes them; answers what was written.
     *
     * @param values of all samples of the grid
     * @param choice which of them, and where
     * @param footer below a sheet
     */
    Path write(float[] values, SampleChoice choice, String footer) {
        try {
            if (example.length != 3) {
                table(values, grid.rows() * grid.columns());
            } else if (isSheet()) {
                new LabelledSheet(choice.sheet(example), choice.names(), footer)
                        .write(choice.chosen(values, example), target);
            } else {
                singles(choice.chosen(values, example), choice.samples());
            }
            return target;
        } catch (IOException e) {
            throw new RunException("cannot write the samples to " + target + ": " + IoReasons.of(e), e);
        }
    }

    private static boolean ends(Path file, String ending) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }

    /** Encoding takes longer than drawing, so all cores do it, unless one thread was asked for. */
    private void singles(float[] values, List<Integer> samples) throws IOException {
        Files.createDirectories(target);
        int elements = example[0] * example[1] * example[2];
        IntStream all = IntStream.range(0, samples.size());
        (Engine.threads() == 1 ? all : all.parallel())
                .forEach(i -> SampleSheet.writeSingle(
                        Arrays.copyOfRange(values, i * elements, (i + 1) * elements),
                        example[0],
                        example[1],
                        example[2],
                        folder(samples.get(i)).resolve(String.format(Locale.ROOT, "%06d.png", i))));
    }

    /** One for each class, as data has them. */
    private Path folder(int sample) {
        return grid.hasClasses() ? target.resolve(ClassNames.folder(classNames.get(grid.label(sample)))) : target;
    }

    private void table(float[] values, int count) throws IOException {
        int dimensions = example[0];
        StringBuilder text = new StringBuilder();
        boolean labelled = namesClasses && grid.hasClasses();
        for (int d = 0; labelled && d < dimensions; d++) {
            text.append("x").append(d + 1).append(d == dimensions - 1 ? ",label\n" : ",");
        }
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < dimensions; d++) {
                text.append(d == 0 ? "" : ",").append(values[i * dimensions + d]);
            }
            text.append(labelled ? "," + quoted(classNames.get(grid.label(i))) : "")
                    .append('\n');
        }
        AtomicFiles.writeString(target, text.toString());
    }

    private static String quoted(String field) {
        return field.matches("[^,\"]*") ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}

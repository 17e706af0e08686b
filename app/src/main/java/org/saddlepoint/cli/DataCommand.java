package org.saddlepoint.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Skipped;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code data}: what can be learned from. */
@Command(name = "data", description = "Looks at data before the first step.")
final class DataCommand implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** {@code data inspect}: reads every example once and says what is there. */
    @Command(name = "inspect", description = "Reads everything once: counts, sizes, classes, damaged files.")
    int inspect(
            @Parameters(paramLabel = "S", description = "Data, as for train --data.") String source,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        Reporter reporter = new Reporter(json);
        try (Dataset data = DataSources.open(source, DataOptions.DEFAULT)) {
            int[] perClass = new int[data.classNames().size()];
            int good = 0;
            float[] example = new float[data.shape().elements()];
            for (int i = 0; i < data.size(); i++) {
                try {
                    data.read(i, example, 0);
                    good++;
                    data.label(i).ifPresent(label -> perClass[label]++);
                } catch (DamagedExampleException e) {
                    // Counted and named among the skipped ones below.
                }
            }
            Map<String, Integer> classes = new LinkedHashMap<>();
            for (int c = 0; c < perClass.length; c++) {
                classes.put(data.classNames().get(c), perClass[c]);
            }
            report(reporter, data, good, classes);
        }
        return 0;
    }

    private static void report(Reporter reporter, Dataset data, int good, Map<String, Integer> classes) {
        List<String> skipped = data.skipped().stream().map(Skipped::toString).toList();
        if (reporter.json()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("name", data.name());
            values.put("examples", good);
            values.put("shape", Arrays.stream(data.shape().dimensions()).boxed().toList());
            values.put("classes", classes);
            values.put("skipped", skipped);
            values.put("fingerprint", data.fingerprint());
            reporter.object(values);
            return;
        }
        reporter.note(String.format(Locale.ROOT, "%s: %,d examples, %s", data.name(), good, data.shape()));
        classes.forEach((name, count) -> reporter.note(String.format(Locale.ROOT, "  class %s: %,d", name, count)));
        skipped.forEach(file -> reporter.note("  left out: " + file));
        reporter.note("fingerprint " + data.fingerprint());
    }
}

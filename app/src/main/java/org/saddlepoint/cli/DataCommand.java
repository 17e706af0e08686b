package org.saddlepoint.cli;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.pairs.PairFormat;
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
    @Command(
            name = "inspect",
            description =
                    "Reads everything once: counts, sizes, classes, damaged files; warns of classes that are rare, and of pairs that do not fit.")
    int inspect(
            @Parameters(paramLabel = "S", description = "Data, as for train --data.") String source,
            @Option(names = "--json", description = "Prints JSON.") boolean json) {
        Reporter reporter = new Reporter(json);
        try (Dataset data = DataSources.open(source, options(source))) {
            DataInspection found = DataInspection.of(data);
            if (json) {
                reporter.object(found.values());
            } else {
                found.lines().forEach(reporter::note);
            }
        }
        return 0;
    }

    private static DataOptions options(String source) {
        return DataSources.givesPairs(source)
                ? DataOptions.DEFAULT.withPairFormat(PairFormat.PAPER)
                : DataOptions.DEFAULT;
    }
}

package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.saddlepoint.diagnostics.CsvLog;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.Severity;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * {@code diagnose-logs}: from the losses of published trainings alone, how many that collapsed are found before their FID shows
 * it, and how many healthy ones are called ill. For the table in {@code docs/diagnosis.md}.
 */
@Command(
        name = "diagnose-logs",
        hidden = true,
        description = "Diagnoses a folder of published logs by their losses, and compares with their FID.",
        sortOptions = false)
final class DiagnoseLogsCommand implements Callable<Integer> {
    private static final int MOST_BYTES = 1 << 24;

    @Parameters(paramLabel = "DIR", description = "Folder with index.csv and the logs that it names.")
    private Path folder = Path.of("");

    /** A log and what is said of it. */
    private record Result(String file, String verdict, OptionalLong onset, OptionalLong warned, OptionalLong failed) {
        boolean ill() {
            return !verdict.equals("healthy");
        }

        boolean found(boolean warnings) {
            return (warnings ? warned : failed).isPresent();
        }

        /** Whether it was found before the evaluation from which on FID stays bad. */
        boolean early(boolean warnings) {
            OptionalLong at = warnings ? warned : failed;
            return at.isPresent() && onset.isPresent() && at.getAsLong() < onset.getAsLong();
        }
    }

    @Override
    public Integer call() {
        List<Result> results = new ArrayList<>();
        for (Map<String, String> row : index(folder.resolve("index.csv"))) {
            results.add(result(row));
        }
        Reporter reporter = new Reporter(false);
        reporter.note("| log | by FID | FID bad from | first warning | first failure |");
        reporter.note("|---|---|---|---|---|");
        for (Result each : results) {
            reporter.note("| " + each.file().replaceFirst("\\.csv$", "") + " | " + each.verdict() + " | "
                    + text(each.onset()) + " | " + text(each.warned()) + " | " + text(each.failed()) + " |");
        }
        summary(results, true).forEach(reporter::note);
        summary(results, false).forEach(reporter::note);
        return 0;
    }

    private static List<String> summary(List<Result> results, boolean warnings) {
        List<Result> collapsed = results.stream()
                .filter(each -> each.verdict().equals("collapsed"))
                .toList();
        List<Result> healthy = results.stream().filter(each -> !each.ill()).toList();
        return List.of(
                "",
                String.format(
                        Locale.ROOT,
                        "%s: %d of %d collapsed found, %d of them before FID shows it; %d of %d healthy called ill",
                        warnings ? "warnings and failures" : "failures alone",
                        collapsed.stream().filter(each -> each.found(warnings)).count(),
                        collapsed.size(),
                        collapsed.stream().filter(each -> each.early(warnings)).count(),
                        healthy.stream().filter(each -> each.found(warnings)).count(),
                        healthy.size()));
    }

    private Result result(Map<String, String> row) {
        String file = row.getOrDefault("file", "");
        boolean critic = row.getOrDefault("objective", "").equals("wasserstein");
        Diagnosis diagnosis =
                Diagnosis.of(CsvLog.read(folder.resolve(file), Map.of(), critic).signals(), Symptoms.ALL);
        String onset = row.getOrDefault("onset", "");
        return new Result(
                file,
                row.getOrDefault("verdict", ""),
                onset.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(onset)),
                first(diagnosis, Severity.WARNING),
                first(diagnosis, Severity.FAILED));
    }

    private static OptionalLong first(Diagnosis diagnosis, Severity least) {
        return diagnosis.episodes().stream()
                .filter(episode -> episode.finding().severity().compareTo(least) >= 0)
                .mapToLong(episode -> episode.found())
                .min();
    }

    private static List<Map<String, String>> index(Path file) {
        List<String> lines;
        try {
            lines = new String(InputFiles.bytes(file, MOST_BYTES), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
        List<Map<String, String>> rows = new ArrayList<>();
        String[] header = lines.isEmpty() ? new String[0] : lines.get(0).split(",", -1);
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < Math.min(header.length, cells.length); i++) {
                row.put(header[i], cells[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String text(OptionalLong step) {
        return step.isPresent() ? String.format(Locale.ROOT, "%,d", step.getAsLong()) : "";
    }
}

package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.Finding;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code diagnose-catalogue}: trains planted failures and healthy trainings and says how many are told apart, and how often the
 * advised remedy heals. Writes the table of {@code docs/diagnosis.md}.
 */
@Command(
        name = "diagnose-catalogue",
        hidden = true,
        description = "Trains a catalogue of planted failures and healthy trainings, and counts what is found.",
        sortOptions = false)
final class DiagnoseCatalogueCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The catalogue.")
    private Path file = Path.of("");

    @Option(names = "--only", paramLabel = "REGEX", description = "Only entries whose name or data matches.")
    private String only = ".*";

    @Option(names = "--seeds", paramLabel = "N", description = "Seeds from 0 on (default: ${DEFAULT-VALUE}).")
    private int seeds = 3;

    @Option(
            names = "--remedies",
            description =
                    "Trains each failure again with the advised flags: the first, and if that does not heal, the second.")
    private boolean remedies;

    @Option(
            names = "--runs",
            paramLabel = "DIR",
            description = "Keeps the runs there; those that are there are not trained again, but looked at anew.")
    private @Nullable Path kept;

    @Option(names = "--out", paramLabel = "FILE.md", description = "Writes the table into this file.")
    private Path out = Path.of("");

    @Mixin
    private EngineOptions engine = new EngineOptions();

    private final List<CatalogueRun> runs = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private int healedAtOnce;
    private int healed;
    private int treated;

    @Override
    public Integer call() {
        engine.check();
        Reporter reporter = new Reporter(false);
        engine.start(reporter);
        Pattern chosen = Pattern.compile(only);
        lines.add("| training | data | planted | seed | found (at step) | verdict |"
                + (remedies ? " with what is advised |" : ""));
        lines.add("|---|---|---|---|---|---|" + (remedies ? "---|" : ""));
        List<CatalogueEntry> entries = CatalogueEntry.read(file).stream()
                .filter(entry -> chosen.matcher(entry.name()).find()
                        || chosen.matcher(entry.data()).find())
                .toList();
        entries.forEach(entry -> CatalogueRun.recipe(entry, Map.of())); // a wrong one is refused before any is trained
        Path folder = kept == null ? temporary() : kept;
        try {
            for (CatalogueEntry entry : entries) {
                for (long seed = 0; seed < seeds; seed++) {
                    String line = line(entry, seed, folder);
                    lines.add(line);
                    reporter.note(line);
                }
            }
            List<String> summary = summary();
            lines.addAll(summary);
            summary.forEach(reporter::note);
            if (!out.toString().isEmpty()) {
                AtomicFiles.writeString(out, String.join("\n", lines) + "\n");
            }
        } catch (IOException e) {
            throw RunException.of(e);
        } finally {
            if (kept == null) {
                delete(folder, reporter);
            }
        }
        return 0;
    }

    /** What cannot be deleted is told, and does not hide why a catalogue ended. */
    private static void delete(Path folder, Reporter reporter) {
        try {
            AtomicFiles.delete(folder);
        } catch (IOException e) {
            reporter.note("cannot delete " + folder + ": " + IoReasons.of(e));
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("saddlepoint-catalogue");
        } catch (IOException e) {
            throw new RunException("cannot make a temporary folder: " + e.getMessage(), e);
        }
    }

    private String line(CatalogueEntry entry, long seed, Path folder) {
        Path place = folder.resolve(entry.name() + "-" + seed);
        CatalogueRun run = CatalogueRun.of(entry, Map.of(), seed, place);
        runs.add(run);
        String found = run.found().stream()
                .collect(Collectors.groupingBy(
                        each -> each.finding().symptom(), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(DiagnoseCatalogueCommand::words)
                .collect(Collectors.joining(", "));
        String line = "| "
                + String.join(
                        " | ",
                        entry.name(),
                        entry.data() + (entry.plant().isEmpty() ? "" : ", " + entry.plant()),
                        entry.isHealthy() ? "healthy" : String.join(" or ", entry.expect()),
                        Long.toString(seed),
                        found.isEmpty() ? "nothing" : found,
                        run.diagnosis().verdict().word())
                + " |";
        return remedies && !entry.isHealthy() ? line + remedied(run, place) : line;
    }

    /** The episodes of one symptom in short: the worst severity, when it was found first, and whether it was gone at the end. */
    private static String words(List<Episode> episodes) {
        Finding worst = episodes.stream()
                .map(Episode::finding)
                .max(Comparator.comparing(Finding::severity))
                .orElseThrow();
        return String.format(
                Locale.ROOT,
                "%s %s (%,d%s)",
                worst.severity().word(),
                worst.symptom(),
                episodes.get(0).found(),
                episodes.stream().anyMatch(Episode::isOpen) ? "" : ", healed");
    }

    private String remedied(CatalogueRun run, Path place) {
        if (run.remedies().isEmpty()) {
            return " nothing that settings can mend |";
        }
        treated++;
        StringBuilder told = new StringBuilder();
        for (int i = 0; i < Math.min(2, run.remedies().size()); i++) {
            Map<String, String> flags = run.remedies().get(i);
            CatalogueRun again = CatalogueRun.of(
                    run.entry(), flags, run.seed(), place.resolveSibling(place.getFileName() + "-remedy" + (i + 1)));
            Diagnosis.Verdict verdict = again.diagnosis().verdict();
            told.append(i == 0 ? " " : "; ").append(verdict.word()).append(" by ");
            told.append(String.join(", ", flags.keySet()));
            if (verdict == Diagnosis.Verdict.HEALTHY) {
                healedAtOnce += i == 0 ? 1 : 0;
                healed++;
                break;
            }
        }
        return told + " |";
    }

    private List<String> summary() {
        List<CatalogueRun> planted =
                runs.stream().filter(run -> !run.entry().isHealthy()).toList();
        List<CatalogueRun> healthy =
                runs.stream().filter(run -> run.entry().isHealthy()).toList();
        long[] delays = planted.stream()
                .flatMapToLong(run -> run.delay().stream())
                .sorted()
                .toArray();
        List<String> all = new ArrayList<>();
        all.add("");
        all.add(String.format(
                Locale.ROOT,
                "planted: %d of %d found, %d called something else; median delay %s; healthy: of %d %d were called failed"
                        + " at any time, %d warned of at any time, %d not healthy at the end",
                planted.stream().filter(CatalogueRun::isFound).count(),
                planted.size(),
                planted.stream().filter(CatalogueRun::isMistaken).count(),
                delays.length == 0 ? "none" : delays[delays.length / 2] + " steps",
                healthy.size(),
                healthy.stream().filter(CatalogueRun::isCalledFailed).count(),
                healthy.stream().filter(CatalogueRun::isCalledIll).count(),
                healthy.stream()
                        .filter(run -> run.diagnosis().verdict() != Diagnosis.Verdict.HEALTHY)
                        .count()));
        if (remedies) {
            all.add("remedies: of " + treated + " with advised flags, " + healedAtOnce + " healthy with the first, "
                    + healed + " with the first or the second");
        }
        return all;
    }
}

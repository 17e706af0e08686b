package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.diagnostics.CsvLog;
import org.saddlepoint.diagnostics.Diagnosis;
import org.saddlepoint.diagnostics.DiagnosisPage;
import org.saddlepoint.diagnostics.Episode;
import org.saddlepoint.diagnostics.Remedy;
import org.saddlepoint.diagnostics.symptoms.Symptoms;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.recipes.RunSignals;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code diagnose}: what is wrong with a run, since when, why, and what to do. */
@Command(
        name = "diagnose",
        description = "Says what is wrong with a run, since when, why, and what to do; also of logs of other programs."
                + " Exit code: 0 healthy or ailing, 4 failed.",
        sortOptions = false)
final class DiagnoseCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "Folder of a run, in training, ended or copied.")
    private @Nullable Path run;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "A log of another program instead: comma separated, with a header, one line a step.")
    private @Nullable Path csv;

    @Option(
            names = "--columns",
            split = ",",
            paramLabel = "ROLE=NAME",
            description = "Which columns are step, d (loss of D) and g (loss of G), such as step=iter,d=errD,g=errG"
                    + " (default: usual names).")
    private Map<String, String> columns = new LinkedHashMap<>();

    @Option(names = "--critic", description = "D of the log is a critic (Wasserstein), whose loss has no bound.")
    private boolean critic;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the page goes (default: RUN; of --csv: none).")
    private @Nullable Path out;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Path given = run;
        Path log = csv;
        if ((given == null) == (log == null)) {
            throw new UsageException("expected either a RUN or --csv FILE");
        }
        if (log == null && !columns.isEmpty()) {
            throw new UsageException("--columns is for --csv FILE");
        }
        columns.keySet().stream()
                .filter(role -> !List.of("step", "d", "g").contains(role))
                .findFirst()
                .ifPresent(role -> {
                    throw new UsageException("--columns: expected step=…, d=… or g=… but was " + role);
                });
        return log != null ? ofLog(log) : ofRun(RunFolder.open(given == null ? Path.of("") : given));
    }

    private int ofLog(Path log) {
        CsvLog read = CsvLog.read(log, columns, critic);
        Diagnosis diagnosis = Diagnosis.of(read.signals(), Symptoms.ALL);
        return tell(diagnosis, String.valueOf(log.getFileName()), remedy -> Map.of(), read.notes(), out);
    }

    private int ofRun(RunFolder folder) {
        RunSignals known = RunSignals.of(folder);
        Diagnosis diagnosis = Diagnosis.of(known.signals(), Symptoms.ALL);
        return tell(diagnosis, folder.name(), known::flags, known.notes(), out == null ? folder.path() : out);
    }

    private int tell(
            Diagnosis diagnosis,
            String name,
            Function<Remedy, Map<String, String>> flags,
            List<String> notes,
            @Nullable Path folder) {
        Reporter reporter = new Reporter(json);
        reporter.note(name + ": " + diagnosis.line());
        notes.forEach(reporter::note);
        for (Episode episode : diagnosis.episodes()) {
            String gone =
                    episode.isOpen() ? "" : "; gone at step " + episode.healed().orElse(0);
            reporter.note("  " + episode.finding().line(episode.found()) + gone);
        }
        if (!diagnosis.unknown().isEmpty()) {
            reporter.note("  could not be looked for: "
                    + String.join(
                            ", ",
                            diagnosis.unknown().stream()
                                    .map(each -> each.symptom().title())
                                    .toList()));
        }
        if (folder != null) {
            try {
                Files.createDirectories(folder);
            } catch (IOException e) {
                throw new RunException("cannot make " + folder + ": " + IoReasons.of(e), e);
            }
            Path page = new DiagnosisPage(diagnosis, name, flags, notes).write(folder);
            reporter.note("read " + page);
        }
        if (json) {
            reporter.object(values(diagnosis, name));
        }
        return diagnosis.verdict() == Diagnosis.Verdict.FAILED ? Failures.UNHEALTHY : 0;
    }

    private static Map<String, Object> values(Diagnosis diagnosis, String name) {
        List<Object> findings = new ArrayList<>();
        for (Episode episode : diagnosis.episodes()) {
            findings.add(Reporter.values(
                    "symptom", episode.finding().symptom(),
                    "severity", episode.finding().severity().word(),
                    "since", episode.finding().since(),
                    "found", episode.found(),
                    "lasts", episode.isOpen(),
                    "line", episode.finding().line(episode.found())));
        }
        return Reporter.values(
                "name", name,
                "verdict", diagnosis.verdict().word(),
                "line", diagnosis.line(),
                "step", diagnosis.signals().step(),
                "findings", findings,
                "ruledOut", diagnosis.ruledOut().stream().map(each -> each.id()).toList(),
                "unknown",
                        diagnosis.unknown().stream()
                                .map(each -> each.symptom().id())
                                .toList());
    }
}

package org.saddlepoint.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.lab.Bound;
import org.saddlepoint.lab.Claim;
import org.saddlepoint.lab.Experiment;
import org.saddlepoint.lab.ExperimentSettings;
import org.saddlepoint.lab.Findings;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/** What an experiment leaves on disk, and its claims as a table. */
final class LabReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Experiment experiment;
    private final Findings findings;
    private final boolean quick;
    private final long seed;

    LabReport(Experiment experiment, Findings findings, boolean quick, long seed) {
        this.experiment = experiment;
        this.findings = findings;
        this.quick = quick;
        this.seed = seed;
    }

    /** Writes {@code figure.png}, {@code figure.svg}, {@code report.md} and {@code report.json}, each whole. */
    void write(Path folder) {
        try {
            findings.figure().write(folder.resolve("figure.png"), folder.resolve("figure.svg"));
            AtomicFiles.writeString(folder.resolve("report.md"), markdown());
            AtomicFiles.writeString(
                    folder.resolve("report.json"), JSON.writeValueAsString(json()) + System.lineSeparator());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("this is always writable as JSON", e);
        } catch (IOException e) {
            throw new RunException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The claims, one a line. */
    List<String> table() {
        List<String> lines = new ArrayList<>();
        for (Claim claim : findings.claims()) {
            lines.add((claim.holds() ? "  holds   " : "  FAILS   ") + claim.id() + ": " + claim.statement());
            lines.add("          measured " + Numbers.figures(claim.measured()) + ", expected " + text(claim.bound())
                    + "   [" + claim.source() + "]");
        }
        return lines;
    }

    /** Everything, for programs. */
    Map<String, Object> json() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (ExperimentSettings.Value setting : ExperimentSettings.of(experiment)) {
            settings.put(setting.name(), setting.value() instanceof Enum<?> word ? word.toString() : setting.value());
        }
        return Reporter.values(
                "experiment",
                experiment.name(),
                "title",
                experiment.title(),
                "quick",
                quick,
                "seed",
                seed,
                "settings",
                settings,
                "holds",
                findings.hold(),
                "claims",
                findings.claims().stream().map(LabReport::json).toList());
    }

    private static Map<String, Object> json(Claim claim) {
        return Reporter.values(
                "id",
                claim.id(),
                "statement",
                claim.statement(),
                "source",
                claim.source(),
                "relation",
                claim.bound().relation().toString(),
                "expected",
                number(claim.bound().expected()),
                "measured",
                number(claim.measured()),
                "tolerance",
                claim.bound().tolerance(),
                "holds",
                claim.holds());
    }

    /** JSON has no word for infinity: it becomes a string. */
    private static Object number(double value) {
        return Double.isFinite(value) ? value : Double.toString(value);
    }

    private String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# ").append(experiment.name()).append("\n\n");
        page.append(experiment.title()).append("\n\n");
        page.append("![").append(experiment.title()).append("](figure.png)\n\n");
        page.append(experiment.explanation()).append("\n\n");
        page.append("| id | claim | source | expected | measured | |\n|---|---|---|---|---|---|\n");
        for (Claim claim : findings.claims()) {
            page.append("| `").append(claim.id()).append("` | ").append(escaped(claim.statement()));
            page.append(" | ").append(escaped(claim.source()));
            page.append(" | ").append(text(claim.bound()));
            page.append(" | ").append(Numbers.figures(claim.measured()));
            page.append(" | ").append(claim.holds() ? "holds" : "**fails**").append(" |\n");
        }
        page.append("\nMade by `").append(command()).append("`.\n");
        return page.toString();
    }

    /** The command that makes this again. */
    private String command() {
        StringBuilder command = new StringBuilder("saddlepoint lab ").append(experiment.name());
        for (ExperimentSettings.Value setting : ExperimentSettings.of(experiment)) {
            command.append(" ")
                    .append(LabCommand.option(setting.name()))
                    .append(" ")
                    .append(ShellWord.quote(String.valueOf(setting.value())));
        }
        if (quick) {
            command.append(" --quick");
        }
        return command.append(" --seed ").append(seed).toString();
    }

    private static String escaped(String text) {
        return text.replace("|", "\\|");
    }

    private static String text(Bound bound) {
        String number = Numbers.figures(bound.expected());
        String tolerance = bound.tolerance() == 0 ? "" : "± " + Numbers.figures(bound.tolerance());
        return switch (bound.relation()) {
            case EQUAL -> (number + " " + tolerance).strip();
            default -> bound.relation() + " " + number + (tolerance.isEmpty() ? "" : " (" + tolerance + ")");
        };
    }
}

package org.saddlepoint.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.events.RunEvents;
import org.saddlepoint.export.MlflowFiles;
import org.saddlepoint.export.NetworkFiles;
import org.saddlepoint.input.ShellWord;
import org.saddlepoint.onnx.Difference;
import org.saddlepoint.onnx.OnnxExport;
import org.saddlepoint.onnx.OnnxOptions;
import org.saddlepoint.onnx.Precision;
import org.saddlepoint.recipes.LearningRates;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.DataSummary;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export}: the networks of a run, or what it logged, for other programs. */
@Command(
        name = "export",
        description = {
            "Writes the networks of a run's last checkpoint, or what it logged, for other programs.",
            "",
            "--format safetensors: the weights of all networks. Those of pix2pix and cyclegan get the names, of files and"
                    + " tensors, of the official PyTorch code.",
            "--format onnx: the generator or the translators as programs of their own, for ONNX Runtime, which computes them"
                    + " here too and must come to the same.",
            "",
            "--format mlflow: losses, evaluations, settings and samples in the files of MLflow, for mlflow ui"
                    + " --backend-store-uri OUT. OUT may hold other runs.",
            "--format tensorboard: the same numbers and samples as an event file, for tensorboard --logdir OUT. While it trains,"
                    + " train --tensorboard writes it.",
            "",
            "Examples:",
            "  export runs/dcgan-1 exported/",
            "  export runs/dcgan-1 exported/ --format onnx --precision float16",
            "  export runs/dcgan-1 mlruns --format mlflow"
        },
        sortOptions = false)
final class ExportCommand implements Callable<Integer> {
    /** What a run can be written as. */
    enum Format {
        SAFETENSORS,
        ONNX,
        MLFLOW,
        TENSORBOARD
    }

    @Parameters(index = "0", paramLabel = "RUN", description = "Folder of the run.")
    private Path run = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT", description = "A folder that is new or empty; of mlflow also a store.")
    private Path output = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "safetensors|onnx|mlflow|tensorboard",
            description = "What is written (default: safetensors).")
    private Format format = Format.SAFETENSORS;

    @Option(
            names = "--precision",
            paramLabel = "float32|float16|int8",
            description =
                    "Of onnx: how weights are stored, and numbers computed (default: float32). float16 halves the file; int8 makes"
                            + " it a quarter, and convolutions faster. What they cost is measured, as difference and in FID.")
    private @Nullable Precision precision;

    @Option(
            names = "--noise",
            paramLabel = "constant|input",
            description =
                    "Of onnx: random numbers inside a network are part of the model, so that a latent always gives the same"
                            + " picture, or inputs (default: constant).")
    private OnnxOptions.@Nullable Noise noise;

    @Option(
            names = "--tolerance",
            paramLabel = "D",
            description =
                    "Of float16 and int8: how much values of [-1, 1] may differ in the mean; beyond it nothing is written"
                            + " (default: 0.02 of float16, 0.1 of int8).")
    private @Nullable Double tolerance;

    @Option(
            names = "--samples",
            paramLabel = "N",
            description =
                    "Of float16 and int8: over how many samples the loss in FID is measured, 0 for not at all (default:"
                            + " ${DEFAULT-VALUE}).")
    private int samples = OnnxOptions.FID_SAMPLES;

    @Option(names = "--json", description = "Prints JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Reporter reporter = new Reporter(json);
        if (format != Format.ONNX && (precision != null || noise != null)) {
            throw new UsageException((precision == null ? "--noise" : "--precision")
                    + " is of --format onnx; add that, or leave it out: other formats hold numbers as they are");
        }
        switch (format) {
            case ONNX -> writeOnnx(reporter);
            case MLFLOW -> writeMlflow(reporter);
            case TENSORBOARD -> writeEvents(reporter);
            default -> writeWeights(reporter);
        }
        return 0;
    }

    private void writeWeights(Reporter reporter) {
        RunFolder folder = RunFolder.open(run);
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        CheckpointSearch found = CheckpointSearch.of(folder);
        StepPath checkpoint = found.require(folder, "train it further first");
        found.story().forEach(reporter::note);
        Map<String, String> files = NetworkFiles.write(checkpoint.path(), recipe.bothWays(), output);
        files.forEach((file, part) -> reporter.note(
                output.resolve(file) + ": " + part.replace('_', ' ') + " after step " + checkpoint.step()));
        recipe.loadingHints(folder.manifest().data(), List.copyOf(files.keySet()))
                .forEach(reporter::note);
        Map<String, Object> names = new LinkedHashMap<>();
        files.forEach((file, part) -> names.put(part, output.resolve(file).toString()));
        report(reporter, checkpoint.step(), names);
    }

    private void writeOnnx(Reporter reporter) {
        OnnxExport.Report report = OnnxExport.write(run, output, options(), line -> reporter.note(line + " ..."));
        report.warnings().forEach(reporter::note);
        Map<String, Object> files = new LinkedHashMap<>();
        report.files().forEach((part, file) -> {
            Difference difference = file.difference();
            reporter.note(String.format(
                    Locale.ROOT,
                    "%s: %s after step %d, %.1f MB; ONNX Runtime makes the same of %d examples, up to %.1e (mean %.1e) of values"
                            + " in [-1, 1]",
                    file.file(),
                    part.replace('_', ' '),
                    report.step(),
                    file.bytes() / 1e6,
                    difference.samples(),
                    difference.largest(),
                    difference.mean()));
            files.put(
                    part,
                    Reporter.values(
                            "file", file.file().toString(),
                            "bytes", file.bytes(),
                            "largestDifference", difference.largest(),
                            "meanDifference", difference.mean(),
                            "compared", difference.samples()));
        });
        report.loss().ifPresent(loss -> {
            reporter.note(String.format(
                    Locale.ROOT,
                    "FID of %d samples against %s: %.2f in float32, %.2f as exported (extractor %s)",
                    loss.samples(),
                    loss.data(),
                    loss.full(),
                    loss.lowered(),
                    loss.extractor()));
            files.put(
                    "fid",
                    Reporter.values("float32", loss.full(), "exported", loss.lowered(), "samples", loss.samples()));
        });
        report(reporter, report.step(), files);
    }

    private OnnxOptions options() {
        Precision asked = Optional.ofNullable(precision).orElse(OnnxOptions.DEFAULT.precision());
        if (asked == Precision.FLOAT32 && tolerance != null) {
            throw new UsageException("--tolerance is of --precision float16 and int8; leave it out");
        }
        double accepted = Optional.ofNullable(tolerance).orElse(asked.tolerance());
        if (!(accepted > 0)) {
            throw new UsageException("--tolerance must be > 0 but was " + accepted);
        }
        if (samples < 0) {
            throw new UsageException("--samples must be >= 0 but was " + samples);
        }
        return new OnnxOptions(
                asked, Optional.ofNullable(noise).orElse(OnnxOptions.DEFAULT.noise()), accepted, samples);
    }

    private void writeMlflow(Reporter reporter) {
        RunFolder folder = RunFolder.open(run);
        Path written = MlflowFiles.write(folder, output);
        reporter.note(written + ": " + folder.name() + " for MLflow; look at it with");
        reporter.note(
                "  MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri " + ShellWord.quote(output.toString()));
        report(reporter, folder.manifest().steps(), Map.of("run", written.toString()));
    }

    private void writeEvents(Reporter reporter) {
        RunFolder folder = RunFolder.open(run);
        Recipe recipe = Recipes.parse(folder.recipe(), folder.recipeFile().toString(), Map.of());
        int examples =
                folder.manifest().data().summary().map(DataSummary::examples).orElse(1);
        LearningRates rates = LearningRates.of(recipe, examples);
        RunEvents.write(folder, output, step -> rates.at(Math.max(0, step - 1)));
        reporter.note(output + ": " + folder.name() + " for TensorBoard; look at it with tensorboard --logdir "
                + ShellWord.quote(output.toString()));
        report(reporter, folder.manifest().steps(), Map.of("folder", output.toString()));
    }

    private void report(Reporter reporter, long step, Map<String, Object> files) {
        reporter.event(
                "exported",
                Reporter.values("format", format.name().toLowerCase(Locale.ROOT), "step", step, "files", files));
    }
}

package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Subset;
import org.saddlepoint.evaluation.ClassifierTraining;
import org.saddlepoint.evaluation.EmbeddedClassifier;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code train-extractor}: makes the embedded extractors anew. */
@Command(
        name = "train-extractor",
        hidden = true,
        description = {
            "Trains one of the small classifiers that evaluate by, and measures it on images it never saw.",
            "The embedded ones: train-extractor digits --data idx:train-images,train-labels --held-out digits;"
                    + " train-extractor fashion --data fashion (each fifth image held out)."
        },
        sortOptions = false)
final class TrainExtractorCommand implements Callable<Integer> {
    private static final int FOLD = 5;

    @Parameters(paramLabel = "digits|fashion", description = "Which settings.")
    private String name = "";

    @Option(names = "--data", required = true, paramLabel = "S", description = "Labelled grey images of 28x28.")
    private String data = "";

    @Option(
            names = "--held-out",
            paramLabel = "S",
            description = "Images to measure on (default: each fifth of --data, which is then not trained on).")
    private @Nullable String heldOut;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where the safetensors go.")
    private Path out = Path.of("");

    @Mixin
    private LinkOptions links = new LinkOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Override
    public Integer call() {
        if (!EmbeddedClassifier.NAMES.contains(name)) {
            throw new UsageException(
                    "unknown extractor \"" + name + "\"; known are " + String.join(" and ", EmbeddedClassifier.NAMES));
        }
        ClassifierTraining training =
                name.equals("digits") ? ClassifierTraining.digits() : ClassifierTraining.fashion();
        Reporter reporter = new Reporter(false);
        engine.start(reporter);
        try (Dataset all = links.request(data).open(DataOptions.DEFAULT)) {
            byte[] file;
            if (heldOut == null) {
                file = training.run(
                        part(all, "training part", false), part(all, "held-out part", true), reporter::note);
            } else {
                try (Dataset other = links.request(heldOut).open(DataOptions.DEFAULT)) {
                    file = training.run(all, other, reporter::note);
                }
            }
            AtomicFiles.write(out, stream -> stream.write(file));
            reporter.note(String.format(Locale.ROOT, "%,d bytes are in %s", file.length, out));
        } catch (IOException e) {
            throw new RunException("cannot write " + out + ": " + IoReasons.of(e), e);
        }
        return 0;
    }

    private static Dataset part(Dataset all, String what, boolean held) {
        return new Subset(
                all,
                what + " of " + all.name(),
                IntStream.range(0, all.size()).filter(i -> (i % FOLD == FOLD - 1) == held));
    }
}

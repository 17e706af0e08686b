package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Subset;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.evaluation.ClassifierTraining;
import org.saddlepoint.evaluation.ColourMotifs;
import org.saddlepoint.evaluation.ColourTraining;
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
                    + " train-extractor fashion --data fashion (each fifth image held out); train-extractor colour"
                    + " --data noto.zip --data twemoji.zip --data fluent3d.zip (the same motifs by several houses)."
        },
        sortOptions = false)
final class TrainExtractorCommand implements Callable<Integer> {
    private static final int FOLD = 5;

    @Parameters(paramLabel = "digits|fashion|colour", description = "Which settings.")
    private String name = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "S",
            description = "Labelled grey images of 28x28; for colour, folders or zips, one a house, with equal names.")
    private List<String> data = new ArrayList<>();

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
                    "unknown extractor \"" + name + "\"; known are " + String.join(", ", EmbeddedClassifier.NAMES));
        }
        boolean colour = name.equals(EmbeddedClassifier.COLOUR);
        if (colour && heldOut != null) {
            throw new UsageException("--held-out: colour holds out each tenth picture itself; leave it out");
        }
        if (!colour && data.size() > 1) {
            throw new UsageException(
                    "--data was given " + data.size() + " times; " + name + " learns from one data set");
        }
        Reporter reporter = new Reporter(false);
        engine.start(reporter);
        write(colour ? ofColour(reporter) : ofClasses(reporter), reporter);
        return 0;
    }

    private byte[] ofColour(Reporter reporter) {
        ColourMotifs motifs = ColourMotifs.read(data, (house, side) -> links.request(house)
                .open(DataOptions.DEFAULT.withImageFormat(
                        ImageFormat.ofSize(side).withChannels(3))));
        return ColourTraining.EMBEDDED.run(motifs, reporter::note);
    }

    private byte[] ofClasses(Reporter reporter) {
        ClassifierTraining training =
                name.equals("digits") ? ClassifierTraining.digits() : ClassifierTraining.fashion();
        try (Dataset all = links.request(data.get(0)).open(DataOptions.DEFAULT)) {
            if (heldOut == null) {
                return training.run(
                        part(all, "training part", false), part(all, "held-out part", true), reporter::note);
            }
            try (Dataset other = links.request(heldOut).open(DataOptions.DEFAULT)) {
                return training.run(all, other, reporter::note);
            }
        }
    }

    private void write(byte[] file, Reporter reporter) {
        try {
            AtomicFiles.write(out, stream -> stream.write(file));
            reporter.note(String.format(Locale.ROOT, "%,d bytes are in %s", file.length, out));
        } catch (IOException e) {
            throw new RunException("cannot write " + out + ": " + IoReasons.of(e), e);
        }
    }

    private static Dataset part(Dataset all, String what, boolean held) {
        return new Subset(
                all,
                what + " of " + all.name(),
                IntStream.range(0, all.size()).filter(i -> (i % FOLD == FOLD - 1) == held));
    }
}

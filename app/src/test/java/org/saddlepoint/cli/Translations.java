package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs that translate, of networks as small as they can be. */
final class Translations {
    /** Where the state dicts that the official code wrote lie. */
    private static final Path OFFICIAL = Path.of("..", "gan", "src", "test", "resources", "golden");

    private Translations() {}

    /** Trains three steps on pairs of 36×36, or on two kinds of pictures, beside the run. */
    static Cli.Result train(Path run, String kind, String... more) throws IOException {
        Path a = Pictures.folder(run.resolveSibling("a"), 10, 36);
        Path b = Pictures.folder(run.resolveSibling("b"), 10, 36);
        return trainOn(run, kind + ":" + a + "," + b, more);
    }

    /** The same on data that the caller made. */
    static Cli.Result trainOn(Path run, String spec, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "train",
                "--data",
                spec,
                "--steps",
                "3",
                "--batch-size",
                "2",
                "--threads",
                "1",
                "--out",
                run.toString(),
                "--set",
                "images.load=36",
                "--set",
                "images.crop=32",
                "--set",
                "translator.downs=5",
                "--set",
                "translator.width=2",
                "--set",
                "discriminator.width=2",
                "--set",
                "discriminator.layers=1"));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray(String[]::new));
    }

    /** official_unet.pth, official_resnet.pth or official_discriminator.pth. */
    static Path official(String name) {
        return OFFICIAL.resolve("official_" + name + ".pth");
    }
}

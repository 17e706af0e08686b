package org.saddlepoint.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** The files of a run, mutated. */
class RunFuzzTest {
    private static final String[] JSON = {
        "{",
        "}",
        "[",
        "]",
        "[[",
        "{\"a\":",
        "\"",
        "\\u0000",
        "\\n",
        ",",
        ":",
        "null",
        "\"step\":",
        "\n",
        "\"NaN\"",
        "\u00ff"
    };

    private static final Path FILE = Scratch.file("fuzzed.json");

    private static final Fuzzing MANIFEST = new Fuzzing(Format.of(
                    List.of(manifest(true), manifest(false)), file -> RunManifest.read(write(file)), RunException.class)
            .words(JSON));

    private static final Fuzzing LOG =
            new Fuzzing(Format.of(List.of(log()), RunFuzzTest::readAndResume, RunException.class)
                    .words(JSON));

    @Property
    void manifests(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        MANIFEST.check(mutation);
    }

    @Property
    void logs(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        LOG.check(mutation);
    }

    private static void readAndResume(byte[] file) throws IOException {
        int rows = MetricsLog.read(write(file)).size();
        MetricsLog.open(FILE).close();
        if (MetricsLog.read(FILE).size() != rows) {
            throw new AssertionError("opening a log to append changed its rows");
        }
    }

    private static Path write(byte[] file) throws IOException {
        return Files.write(FILE, file);
    }

    private static byte[] manifest(boolean running) {
        RunManifest started = RunManifest.start(
                "0.1.0",
                new RunManifest.RecipeText("dcgan", "steps: 1\n"),
                7,
                new RunManifest.Execution("cpu", 2, "float32"),
                new RunManifest.Data(
                        "digits",
                        "digits",
                        "abc",
                        List.of(1, 28, 28),
                        List.of("0", "1"),
                        List.of(),
                        new DataPlace(List.of("../../digits"), true),
                        Optional.of(new DataSummary(7, List.of(3, 4), "a", "b")),
                        List.of(3, 4)),
                RunManifest.Environment.current("test"));
        return ManifestJson.format(running ? started : started.ended(RunManifest.Outcome.DONE, 10, 640))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] log() {
        return """
                {"step":1,"loss":0.5,"rate":1e-4}
                {"step":2,"loss":"NaN","list":[1,2,{"a":"Infinity"}]}
                {"step":3,"text":"a b","none":null,"yes":true}
                """
                .getBytes(StandardCharsets.UTF_8);
    }
}

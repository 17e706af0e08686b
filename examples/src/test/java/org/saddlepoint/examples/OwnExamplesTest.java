package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.ResumeOptions;
import org.saddlepoint.Run;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.LeakCheck;

/** Networks and other parts of one's own, written into a run and read back. */
@ExtendWith(LeakCheck.class)
class OwnExamplesTest {
    @TempDir
    Path folder;

    @Test
    void ownNetworksAreTrainedResumedAndDrawnFrom() throws Exception {
        Path run = folder.resolve("run");
        OwnNetworks.register();
        Samples samples = OwnNetworks.run(40, run);
        assertThat(samples.toFloatArray()).hasSize(200);
        for (float value : samples.toFloatArray()) {
            assertThat(value).isBetween(-10f, 10f);
        }
        RunManifest manifest = Run.open(run).manifest();
        assertThat(manifest.outcome()).isEqualTo(RunManifest.Outcome.DONE);
        assertThat(Files.readString(run.resolve("recipe.yaml")))
                .contains("family: two-layers", "units: 32", "family: bumps", "count: 64", "steps: 80");
        assertAnotherProcessReads(run.resolve("recipe.yaml"), OwnNetworks.class, "two-layers");
    }

    @Test
    void theyLearn() {
        OwnNetworks.register();
        assertThat(spread(OwnNetworks.run(1, folder.resolve("begun")))).isLessThan(0.7);
        assertThat(spread(OwnNetworks.run(400, folder.resolve("trained")))).isBetween(0.7, 3.0);
    }

    /** The mean distance from the centre, which is √2 of the ring. */
    private static double spread(Samples samples) {
        float[] points = samples.toFloatArray();
        double sum = 0;
        for (int i = 0; i < points.length; i += 2) {
            sum += Math.hypot(points[i], points[i + 1]);
        }
        return sum / (points.length / 2);
    }

    @Test
    void ownPartsAreTrainedMeasuredWrittenAndReadBack() throws Exception {
        Path run = folder.resolve("run");
        OwnParts.register();
        Recipe recipe = OwnParts.run("20", run);
        Path written = run.resolve("recipe.yaml");
        assertThat(Files.readString(written))
                .contains("loss: smoothed", "label: 0.9", "method: drift", "method: centred", "view: mirrored");
        assertThat(Recipes.read(written, Map.of())).isEqualTo(recipe);
        assertThat(Files.readString(run.resolve("evaluations.jsonl")))
                .contains("\"metric\":\"mean-shift\"", "\"metric\":\"modes\"");
        Run.resume(run, ResumeOptions.DEFAULT.steps(30)); // which measures, too
        assertThat(Files.readString(run.resolve("evaluations.jsonl"))).contains("\"step\":30");
        TrainedGenerator.open(run).close();
        assertAnotherProcessReads(written, OwnParts.class, "smoothed");
    }

    /** In classes of its own, as in another process, the recipe is refused until the words are registered, and then read. */
    private static void assertAnotherProcessReads(Path recipe, Class<?> example, String word) throws Exception {
        try (URLClassLoader process = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
            assertThatThrownBy(() -> read(process, recipe))
                    .isInstanceOf(InvocationTargetException.class)
                    .cause()
                    .hasMessageContaining("but was \"" + word + "\"")
                    .hasMessageContaining("must be registered before the recipe is read or the run is opened");
            process.loadClass(example.getName()).getMethod("register").invoke(null);
            assertThat(read(process, recipe))
                    .hasToString(Recipes.read(recipe, Map.of()).toString());
        }
    }

    private static Object read(ClassLoader process, Path recipe) throws ReflectiveOperationException {
        return process.loadClass(Recipes.class.getName())
                .getMethod("read", Path.class, Map.class)
                .invoke(null, recipe, Map.of());
    }

    private static URL[] classPath() throws MalformedURLException {
        String[] entries = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        URL[] urls = new URL[entries.length];
        for (int i = 0; i < entries.length; i++) {
            urls[i] = Path.of(entries[i]).toUri().toURL();
        }
        return urls;
    }
}

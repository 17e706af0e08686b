package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/** What someone gets who adds one dependency. */
class ConsumerTest {
    @TempDir
    private Path temp;

    @Test
    void trainsAndDrawsAndLeavesImageIoAlone() {
        List<String> before = Arrays.asList(ImageIO.getReaderFormatNames());
        Recipe recipe = Recipes.load(
                "dcgan-quick", Map.of("generator.width", "4", "discriminator.width", "4", "steps", "1"));
        Path run = temp.resolve("run");
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            Run.train(recipe, digits, run, RunOptions.DEFAULT.seed(7));
        }
        try (TrainedGenerator generator = TrainedGenerator.open(run)) {
            BufferedImage picture = generator.sample(SampleOptions.of(1).seed(1)).image(0);
            assertEquals(28, picture.getWidth());
        }
        assertEquals(before, Arrays.asList(ImageIO.getReaderFormatNames()));
    }

    @Test
    void getsNoLoggingBackEndNorOnnxRuntimeNorOtherSystemsLibraries() {
        for (String type : List.of("ch.qos.logback.classic.Logger", "ai.onnxruntime.OrtEnvironment", "picocli.CommandLine")) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(type));
        }
        List<String> natives = Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .filter(jar -> jar.matches(".*(linux|macosx|windows)-(x86_64|arm64)\\.jar"))
                .toList();
        assertEquals(4, natives.size(), natives.toString());
        String system = natives.get(0).replaceFirst(".*((?:linux|macosx|windows)-\\w+)\\.jar", "$1");
        assertTrue(natives.stream().allMatch(jar -> jar.endsWith(system + ".jar")), natives.toString());
    }
}

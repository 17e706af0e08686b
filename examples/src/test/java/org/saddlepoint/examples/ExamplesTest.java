package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.GanTraining;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.CheckpointOrigin;
import org.saddlepoint.training.Precision;

@ExtendWith(LeakCheck.class)
class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void dcganOnDigitsWritesASheet() throws Exception {
        Path sheet = folder.resolve("sheet.png");
        DcganOnDigits.run(2, sheet);
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertThat(image.getWidth()).isBetween(600, 900);
        assertThat(image.getHeight()).isEqualTo(image.getWidth());
    }

    @Test
    void theLoopWrittenByHandLearnsTheMean() {
        assertThat(OwnTrainingLoop.run(0)).isNotCloseTo(3, org.assertj.core.api.Assertions.within(1.0));
        assertThat(OwnTrainingLoop.run(600)).isCloseTo(3, org.assertj.core.api.Assertions.within(0.5));
    }

    @Test
    void aServiceDrawsTheSamePictureForTheSameSeed() {
        Path run = folder.resolve("run");
        GanRecipe recipe = Recipes.gan("dcgan-quick", Map.of("network.width", "4", "updates.batchSize", "4"));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT);
                GanTraining training = new GanTraining(recipe, digits, 7, Device.CPU, Precision.FLOAT32)) {
            RunFolder made = RunFolder.create(run);
            String yaml = Recipes.format(recipe);
            made.writeRecipe(yaml);
            made.writeManifest(RunManifest.start(
                    "test",
                    recipe.name(),
                    yaml,
                    7,
                    new RunManifest.Execution("cpu", 1, "float32"),
                    new RunManifest.Data("digits", "digits", digits.fingerprint(), List.of(1, 28, 28)),
                    RunManifest.Environment.current("test")));
            training.trainer(List.of()).runUntil(1);
            Checkpoint.save(
                    made, new CheckpointOrigin("test", yaml), training.step(), training.loader(), training.state());
        }
        assertThat(Files.isDirectory(run)).isTrue();
        try (GeneratorInAService service = new GeneratorInAService(run)) {
            int[] first = pixels(service.draw(3));
            assertThat(pixels(service.draw(3))).isEqualTo(first);
            assertThat(pixels(service.draw(4))).isNotEqualTo(first);
        }
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}

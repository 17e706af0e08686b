package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class ExamplesTest {
    @TempDir
    Path folder;

    @Test
    void dcganOnDigitsWritesASheet() throws Exception {
        Path sheet = folder.resolve("sheet.png");
        DcganOnDigits.run("2", folder.resolve("run"), sheet);
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertThat(image.getWidth()).isBetween(1000, 1400);
        assertThat(image.getHeight()).isEqualTo(image.getWidth());
    }

    @Test
    void theLoopWrittenByHandLearnsTheMean() {
        assertThat(OwnTrainingLoop.run(0)).isNotCloseTo(3, org.assertj.core.api.Assertions.within(1.0));
        assertThat(OwnTrainingLoop.run(600)).isCloseTo(3, org.assertj.core.api.Assertions.within(0.5));
    }

    @Test
    void aServiceDrawsTheSamePictureForTheSameSeed() throws Exception {
        Path run = folder.resolve("run");
        GanRecipe recipe = Recipes.gan(
                "dcgan-quick",
                Map.of("generator.width", "4", "discriminator.width", "4", "updates.batchSize", "4", "steps", "1"));
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            Run.train(recipe, digits, run, RunOptions.DEFAULT.seed(7));
        }
        try (GeneratorInAService service = new GeneratorInAService(run)) {
            byte[] first = service.draw(3);
            assertThat(ImageIO.read(new ByteArrayInputStream(first)).getWidth()).isEqualTo(28);
            assertThat(service.draw(3)).isEqualTo(first);
            assertThat(service.draw(4)).isNotEqualTo(first);
        }
    }
}

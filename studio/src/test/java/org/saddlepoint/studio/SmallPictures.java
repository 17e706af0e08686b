package org.saddlepoint.studio;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.recipes.DataRequest;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;

/** A dozen pictures, and a run that learnt from them for a step. */
public final class SmallPictures {
    /** How many there are. */
    public static final int COUNT = 12;

    private static final int SIDE = 28;

    private SmallPictures() {}

    /** Writes pictures, each with a square of another place and brightness. */
    public static Path write(Path folder, boolean colour) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < COUNT; i++) {
            int kind = colour ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_BYTE_GRAY;
            BufferedImage picture = new BufferedImage(SIDE, SIDE, kind);
            for (int pixel = 0; pixel < 36; pixel++) {
                int level = 80 + 14 * i;
                int red = colour ? 255 - level : level;
                picture.setRGB(i + pixel % 6, 2 * i / 2 + pixel / 6, red << 16 | level << 8 | level);
            }
            ImageIO.write(
                    picture,
                    "png",
                    folder.resolve("picture-" + (char) ('a' + i) + ".png").toFile());
        }
        return folder;
    }

    /** Trains a run on pictures. */
    public static Path train(Path run, Path pictures) {
        Recipe recipe = Recipes.load(
                "dcgan-quick",
                Map.of("steps", "1", "generator.width", "4", "discriminator.width", "4", "updates.batchSize", "4"));
        try (Dataset data = DataSources.open(pictures.toString(), recipe.dataOptions())) {
            DataRequest source = new DataRequest(pictures.toString(), Links.INSIDE);
            Run.train(recipe, data, run, RunOptions.DEFAULT.threads(1).dataSource(source));
        }
        return run;
    }
}

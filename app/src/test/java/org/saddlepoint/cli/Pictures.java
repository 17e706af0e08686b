package org.saddlepoint.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Folders of small pictures to train on. */
final class Pictures {
    private Pictures() {}

    /** This many colour PNGs, 00.png and on, of this size. */
    static Path folder(Path folder, int count, int side) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
            for (int p = 0; p < side * side; p++) {
                image.setRGB(p % side, p / side, (p * 7919 + i * 104729) & 0xffffff);
            }
            ImageIO.write(image, "png", picture(folder, i).toFile());
        }
        return folder;
    }

    static Path picture(Path folder, int index) {
        return folder.resolve(String.format(Locale.ROOT, "%02d.png", index));
    }

    /** Leaves the first half of a file. */
    static void cutOff(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    }
}

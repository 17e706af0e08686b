package org.saddlepoint.data.images;

import java.nio.file.Path;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Images;

/** Prints what a folder holds, in ASCII, so that tests can run it in another locale. */
final class FolderNames {
    private FolderNames() {}

    /** @param args the folder, then a table or nothing */
    public static void main(String[] args) throws DamagedExampleException {
        System.out.print(of(Path.of(args[0])));
        for (int i = 1; i < args.length; i++) {
            try (ImageCollection images = org.saddlepoint.data.formats.CsvImages.open(
                    Path.of(args[i]), ImageFormat.AS_STORED, 0, Links.INSIDE)) {
                System.out.println(described(images));
            }
        }
    }

    static String of(Path folder) throws DamagedExampleException {
        try (ImageCollection images = ImageCollection.folder(folder, ImageFormat.AS_STORED);
                PictureFiles files = PictureFiles.open(folder, Links.INSIDE)) {
            StringBuilder all = new StringBuilder(described(images)).append('\n');
            for (String name : files.names()) {
                name.chars().forEach(c -> all.append(c < 0x80 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
                all.append('\n');
            }
            return all.toString();
        }
    }

    private static String described(ImageCollection images) throws DamagedExampleException {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < images.size(); i++) {
            all.append(Images.samples(images, i)[0]).append(' ');
        }
        return all + images.fingerprint() + " " + images.classNames().size() + " classes, "
                + images.skipped().size() + " left out";
    }
}

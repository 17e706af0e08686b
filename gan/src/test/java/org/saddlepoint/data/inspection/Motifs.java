package org.saddlepoint.data.inspection;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.AffineTransformOp;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.data.SourcePicture;
import org.saddlepoint.data.SourcePictures;
import org.saddlepoint.data.SplitMix;

/** Pictures of coloured shapes, each different, and copies of them as people make them. */
final class Motifs {
    private Motifs() {}

    /** A picture that depends on its number: shapes of all colours on a ground that is not even. */
    static BufferedImage motif(int number, int width, int height) {
        SplitMix random = new SplitMix(number);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, colour(random), width, height, colour(random)));
        graphics.fillRect(0, 0, width, height);
        for (int i = 0; i < 9; i++) {
            graphics.setColor(colour(random));
            double w = width * (0.1 + 0.3 * random.nextDouble());
            double h = height * (0.1 + 0.3 * random.nextDouble());
            double x = width * random.nextDouble() - w / 2;
            double y = height * random.nextDouble() - h / 2;
            graphics.fill(i % 2 == 0 ? new Ellipse2D.Double(x, y, w, h) : new Rectangle2D.Double(x, y, w, h));
        }
        graphics.dispose();
        return image;
    }

    private static Color colour(SplitMix random) {
        return new Color(20 + random.nextInt(210), 20 + random.nextInt(210), 20 + random.nextInt(210));
    }

    static byte[] jpegBytes(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static BufferedImage recompressed(BufferedImage image, float quality) throws IOException {
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(jpegBytes(image, quality)));
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        rgb.createGraphics().drawImage(decoded, 0, 0, null);
        return rgb;
    }

    static BufferedImage resized(BufferedImage image, double factor) {
        int width = (int) Math.round(image.getWidth() * factor);
        int height = (int) Math.round(image.getHeight() * factor);
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        AffineTransform scale = AffineTransform.getScaleInstance(
                (double) width / image.getWidth(), (double) height / image.getHeight());
        new AffineTransformOp(scale, AffineTransformOp.TYPE_BICUBIC).filter(image, result);
        return result;
    }

    static BufferedImage brighter(BufferedImage image, double factor) {
        BufferedImage result = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int brighter = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    brighter |= Math.min(255, (int) Math.round(((rgb >> shift) & 0xff) * factor)) << shift;
                }
                result.setRGB(x, y, brighter);
            }
        }
        return result;
    }

    /** Moved, with its border continued. */
    static BufferedImage moved(BufferedImage image, int right, int down) {
        int width = image.getWidth();
        int height = image.getHeight();
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int fromX = Math.max(0, Math.min(width - 1, x - right));
                int fromY = Math.max(0, Math.min(height - 1, y - down));
                result.setRGB(x, y, image.getRGB(fromX, fromY));
            }
        }
        return result;
    }

    /** Blurred by a mean over squares of this odd side, twice, with the border continued. */
    static BufferedImage blurred(BufferedImage image, int side) {
        float[] weights = new float[side * side];
        Arrays.fill(weights, 1f / weights.length);
        ConvolveOp mean = new ConvolveOp(new Kernel(side, side, weights), ConvolveOp.EDGE_NO_OP, null);
        BufferedImage wide = new BufferedImage(
                image.getWidth() + 4 * side, image.getHeight() + 4 * side, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < wide.getHeight(); y++) {
            for (int x = 0; x < wide.getWidth(); x++) {
                int fromX = Math.max(0, Math.min(image.getWidth() - 1, x - 2 * side));
                int fromY = Math.max(0, Math.min(image.getHeight() - 1, y - 2 * side));
                wide.setRGB(x, y, image.getRGB(fromX, fromY));
            }
        }
        BufferedImage soft = mean.filter(mean.filter(wide, null), null);
        return soft.getSubimage(2 * side, 2 * side, image.getWidth(), image.getHeight());
    }

    /** What a survey sees of pictures that are square and as large as they are trained at. */
    static SourcePicture source(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] samples = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int rgb = image.getRGB(i % width, i / width);
            for (int c = 0; c < 3; c++) {
                samples[c * width * height + i] = (byte) (rgb >> 8 * (2 - c));
            }
        }
        return new SourcePicture(width, height, false, width, height, samples);
    }

    static List<Traits> traits(BufferedImage... pictures) {
        return Arrays.stream(pictures).map(each -> Traits.of(source(each))).toList();
    }

    /** Picture {@code i} is the i-th. */
    static SourcePictures pictures(List<BufferedImage> images) {
        return new SourcePictures() {
            @Override
            public String title() {
                return "";
            }

            @Override
            public int size() {
                return images.size();
            }

            @Override
            public List<ImageShape> shapes() {
                return List.of(new ImageShape(
                        3, images.get(0).getHeight(), images.get(0).getWidth()));
            }

            @Override
            public String name(int index) {
                return index + ".png";
            }

            @Override
            public List<SourcePicture> read(int index) {
                return List.of(source(images.get(index)));
            }
        };
    }

    static List<BufferedImage> motifs(int count, int side) {
        return IntStream.range(0, count).mapToObj(i -> motif(i, side, side)).toList();
    }
}

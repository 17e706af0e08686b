package org.saddlepoint.benchmarks;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;

/**
 * Pictures of a folder that are read in a second, each decoded and resized anew. The script {@code read_pictures.py} does the
 * same with Pillow, as torchvision does it.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Threads(Threads.MAX)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.maxBytes=0"})
public class PictureReadingBenchmark {
    private static final int PICTURES = 16;

    /** The folder; {@code jpeg} and {@code png} stand for pictures that are made for the benchmark. */
    @Param({"jpeg", "png"})
    public String folder = "jpeg";

    /** Sides of the made pictures, in pixels. */
    @Param({"64", "1024"})
    public int pixels = 1024;

    /** Side of the pictures that are read, in pixels. */
    @Param("64")
    public int size = 64;

    private final AtomicInteger next = new AtomicInteger();
    private @Nullable ImageCollection pictures;

    /** The numbers of one picture. */
    @State(Scope.Thread)
    public static class Target {
        private float[] values = new float[0];
    }

    /** Opens the folder, after making it if need be. */
    @Setup
    public void open() {
        Path path = folder.equals("jpeg") || folder.equals("png") ? made() : Path.of(folder);
        pictures = ImageCollection.folder(path, ImageFormat.ofSize(size).withChannels(3), 0, Links.INSIDE);
    }

    private Path made() {
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
        try {
            Path made = Files.createTempDirectory("pictures");
            for (int i = 0; i < PICTURES; i++) {
                ImageIO.write(
                        discs(random), folder, made.resolve(i + "." + folder).toFile());
            }
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Discs over discs, which have the spectrum and the borders of photographs. */
    private BufferedImage discs(RandomGenerator random) {
        BufferedImage picture = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
        var graphics = picture.createGraphics();
        for (int i = 0; i < 2000; i++) {
            int radius = (int) Math.min(pixels / 3.0, 2 / Math.sqrt(random.nextDouble()) * pixels / 256);
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillOval(
                    random.nextInt(pixels) - radius, random.nextInt(pixels) - radius, 2 * radius + 1, 2 * radius + 1);
        }
        graphics.dispose();
        return picture;
    }

    /** Reads the next picture. */
    @Benchmark
    public float[] read(Target target) throws DamagedExampleException {
        ImageCollection all = java.util.Objects.requireNonNull(pictures);
        if (target.values.length == 0) {
            target.values = new float[all.shape().elements()];
        }
        all.read(Math.floorMod(next.getAndIncrement(), all.size()), target.values, 0);
        return target.values;
    }

    /** Closes the files that reading has opened. */
    @TearDown
    public void close() {
        java.util.Objects.requireNonNull(pictures).close();
    }
}

package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

class TrainingFilmTest {
    private static final int SIDE = 60;

    @TempDir
    Path temp;

    private RunFolder run;

    @BeforeEach
    void create() {
        run = RunFolder.create(temp.resolve("run"));
    }

    /** Sheets of one picture, whose level of grey is its step. */
    private void sheets(int channels, int... steps) {
        for (int step : steps) {
            float[] pixels = new float[channels * SIDE * SIDE];
            Arrays.fill(pixels, step / 127.5f - 1);
            new SampleSheet(1, channels, SIDE, SIDE, 1, 1).write(pixels, run.sampleFile(step));
        }
    }

    private TrainingFilm.Written film(Path file, long most) {
        return new TrainingFilm(run, most).write(file, (done, all) -> {});
    }

    /** Chunks of a PNG by the standard: length, name, data, checksum. */
    private record Chunk(String name, byte[] data) {}

    private static List<Chunk> chunks(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        assertThat(in.getLong()).isEqualTo(0x89504E470D0A1A0AL);
        List<Chunk> chunks = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] data = new byte[in.getInt()];
            byte[] name = new byte[4];
            in.get(name).get(data);
            CRC32 checksum = new CRC32();
            checksum.update(name);
            checksum.update(data);
            assertThat(in.getInt()).isEqualTo((int) checksum.getValue());
            chunks.add(new Chunk(new String(name, StandardCharsets.US_ASCII), data));
        }
        return chunks;
    }

    /** The level of the picture's middle in each frame of an APNG. */
    private static List<Integer> levels(List<Chunk> chunks, int channels) throws DataFormatException {
        List<ByteArrayOutputStream> frames = new ArrayList<>();
        int sequence = 0;
        for (Chunk chunk : chunks) {
            ByteBuffer data = ByteBuffer.wrap(chunk.data());
            if (chunk.name().equals("fcTL")) {
                assertThat(data.getInt()).isEqualTo(sequence++);
                frames.add(new ByteArrayOutputStream());
            } else if (chunk.name().equals("fdAT")) {
                assertThat(data.getInt()).isEqualTo(sequence++);
            }
            if (chunk.name().equals("IDAT") || chunk.name().equals("fdAT")) {
                frames.get(frames.size() - 1).write(data.array(), data.position(), data.remaining());
            }
        }
        List<Integer> levels = new ArrayList<>();
        int width = SIDE + 4;
        int row = 1 + width * channels;
        for (ByteArrayOutputStream frame : frames) {
            Inflater inflater = new Inflater();
            inflater.setInput(frame.toByteArray());
            byte[] pixels = new byte[row * 500];
            int length = inflater.inflate(pixels);
            inflater.end();
            assertThat(length % row).isZero();
            levels.add(unfiltered(pixels, row, channels, SIDE / 2));
        }
        return levels;
    }

    /** Undoes the filters None, Sub, Up, Average and Paeth (PNG, section 9) down to a row; the sample in its middle. */
    private static int unfiltered(byte[] pixels, int row, int channels, int wanted) {
        int[] above = new int[row - 1];
        for (int y = 0; ; y++) {
            int[] now = new int[row - 1];
            for (int i = 0; i < now.length; i++) {
                int a = i < channels ? 0 : now[i - channels];
                int b = above[i];
                int c = i < channels ? 0 : above[i - channels];
                int p = a + b - c;
                int paeth = Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c)
                        ? a
                        : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
                int guess = new int[] {0, a, b, (a + b) / 2, paeth}[pixels[y * row]];
                now[i] = pixels[y * row + 1 + i] + guess & 0xFF;
            }
            if (y == wanted) {
                return now[now.length / 2];
            }
            above = now;
        }
    }

    @Test
    void anApngShowsAllSheetsInTurnAndHoldsTheLast() throws Exception {
        for (int channels : new int[] {1, 3}) {
            run = RunFolder.create(temp.resolve("run" + channels));
            sheets(channels, 200, 1, 10, 50);
            Path file = temp.resolve("film.png");
            TrainingFilm.Written written = film(file, TrainingFilm.MOST_BYTES);
            assertThat(written).isEqualTo(new TrainingFilm.Written(4, 4, Files.size(file)));
            List<Chunk> chunks = chunks(file);
            assertThat(chunks.stream().map(Chunk::name).filter(name -> !name.equals("fdAT") && !name.equals("IDAT")))
                    .containsExactly("IHDR", "acTL", "fcTL", "fcTL", "fcTL", "fcTL", "IEND");
            assertThat(ByteBuffer.wrap(chunks.get(1).data()).getLong()).isEqualTo(4L << 32);
            assertThat(levels(chunks, channels)).containsExactly(1, 10, 50, 200);
            List<Integer> delays = chunks.stream()
                    .filter(chunk -> chunk.name().equals("fcTL"))
                    .map(chunk -> (int) ByteBuffer.wrap(chunk.data()).getShort(20))
                    .toList();
            assertThat(delays).containsExactly(700, 700, 700, TrainingFilm.HOLD);
            BufferedImage first = ImageIO.read(file.toFile());
            assertThat(first.getWidth()).isEqualTo(SIDE + 4);
            assertThat(first.getHeight()).as("a strip with the step").isGreaterThan(SIDE + 4);
        }
    }

    @Test
    void aGifHasTheSameFramesAndLoops() throws Exception {
        sheets(1, 1, 10, 50, 200);
        Path file = temp.resolve("film.GIF");
        film(file, TrainingFilm.MOST_BYTES);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .startsWith("GIF89a")
                .contains("NETSCAPE2.0\u0003\u0001\u0000\u0000\u0000");
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (ImageInputStream in = ImageIO.createImageInputStream(new File(file.toString()))) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(4);
            int[] steps = {1, 10, 50, 200};
            for (int i = 0; i < 4; i++) {
                int level = reader.read(i).getRGB(SIDE / 2, SIDE / 2) & 0xFF;
                assertThat(level).isEqualTo(steps[i]);
            }
        } finally {
            reader.dispose();
        }
    }

    @Test
    void aFilmThatIsTooLargeLosesFramesButNeverItsEnds() throws Exception {
        sheets(1, 1, 20, 40, 60, 80, 100, 120);
        Path file = temp.resolve("film.png");
        long whole = film(file, TrainingFilm.MOST_BYTES).bytes();
        TrainingFilm.Written shorter = film(file, whole - 1);
        assertThat(shorter.frames()).isEqualTo(4);
        assertThat(levels(chunks(file), 1)).containsExactly(1, 40, 80, 120);
        assertThat(film(file, 1).frames()).isEqualTo(2);
        assertThat(levels(chunks(file), 1)).containsExactly(1, 120);
        assertThat(TrainingFilm.spread(List.of(1, 2, 3), 3)).containsExactly(1, 2, 3);
    }

    @Test
    void sheetsOfAnotherSizeAreScaledToTheLast() throws Exception {
        sheets(1, 100, 200);
        new SampleSheet(1, 1, 9, 9, 1, 1).write(new float[81], run.sampleFile(50));
        Path file = temp.resolve("film.png");
        assertThat(film(file, TrainingFilm.MOST_BYTES).frames()).isEqualTo(3);
        List<Integer> levels = levels(chunks(file), 1);
        assertThat(levels.get(0)).isBetween(126, 130);
        assertThat(levels.subList(1, 3)).containsExactly(100, 200);
    }

    @Test
    void tooFewOrDamagedSheetsAreRefusedAndNothingIsWritten() throws Exception {
        Path file = temp.resolve("film.png");
        assertThatThrownBy(() -> film(file, 1))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("has 0 sample sheets but a film needs at least 2");
        sheets(1, 1);
        assertThatThrownBy(() -> film(file, 1)).hasMessageContaining("has 1 sample sheet but a film needs at least 2");
        sheets(1, 5, 9);
        byte[] whole = Files.readAllBytes(run.sampleFile(5));
        Files.write(run.sampleFile(5), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> film(file, 1))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("cannot read the sample sheet " + run.sampleFile(5));
        Files.write(run.sampleFile(5), new byte[0]);
        assertThatThrownBy(() -> film(file, 1)).isInstanceOf(RunException.class);
        assertThat(file).doesNotExist();
    }
}

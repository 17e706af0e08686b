package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.SampleConversion;
import org.saddlepoint.data.codecs.LosslessWebp;
import org.saddlepoint.data.images.ImageCollection;
import org.saddlepoint.data.images.ImageFormat;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pack-pictures}: makes the sheets of the embedded colour sets anew. */
@Command(
        name = "pack-pictures",
        hidden = true,
        description = {
            "Packs pictures into one lossless sheet, as the embedded sets emoji and emoji-pairs are.",
            "Pictures are read as train reads them: transparent ones on white, resized with an antialiased bicubic filter."
        },
        sortOptions = false)
final class PackPicturesCommand implements Callable<Integer> {
    /** Pictures a row, so that no side is longer than WebP allows. */
    private static final int COLUMNS = 32;

    @Parameters(index = "0", paramLabel = "SOURCE", description = "Folder or zip of pictures.")
    private Path source = Path.of("");

    @Parameters(index = "1", paramLabel = "OUT.webp", description = "The sheet to write.")
    private Path output = Path.of("");

    @Option(names = "--size", required = true, paramLabel = "N", description = "Side of each picture in pixels.")
    private int size;

    @Option(
            names = "--names",
            required = true,
            paramLabel = "FILE",
            description = "Which pictures, one name a line in their order; written with all names if it is missing.")
    private Path names = Path.of("");

    @Override
    public Integer call() {
        if (size < 1 || size > ImageFormat.LARGEST) {
            throw new UsageException("--size must be in [1, " + ImageFormat.LARGEST + "] but was " + size);
        }
        Reporter reporter = new Reporter(false);
        ImageFormat format = ImageFormat.ofSize(size).withChannels(3);
        try (Dataset data = Files.isDirectory(source)
                ? ImageCollection.folder(source, format, 0, Links.INSIDE)
                : ImageCollection.zip(source, format, 0)) {
            List<String> chosen = names(data);
            byte[] file = sheet(data, chosen);
            AtomicFiles.write(output, out -> out.write(file));
            reporter.note(String.format(
                    Locale.ROOT, "%,d pictures in %,d bytes are in %s", chosen.size(), file.length, output));
        } catch (IOException e) {
            throw new RunException("cannot pack " + source + ": " + IoReasons.of(e), e);
        }
        return 0;
    }

    private List<String> names(Dataset data) throws IOException {
        if (Files.exists(names)) {
            return Files.readAllLines(names, StandardCharsets.UTF_8);
        }
        List<String> all = IntStream.range(0, data.size())
                .mapToObj(i -> data.pictures().get(0).name(i))
                .toList();
        AtomicFiles.write(names, out -> out.write((String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8)));
        return all;
    }

    private byte[] sheet(Dataset data, List<String> chosen) throws IOException {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < data.size(); i++) {
            places.put(data.pictures().get(0).name(i), i);
        }
        int rows = (chosen.size() + COLUMNS - 1) / COLUMNS;
        byte[] samples = new byte[3 * COLUMNS * size * rows * size];
        Arrays.fill(samples, (byte) 255);
        float[] values = new float[3 * size * size];
        for (int i = 0; i < chosen.size(); i++) {
            Integer place = places.get(chosen.get(i));
            if (place == null) {
                throw new DataException(chosen.get(i) + " of " + names + " is not in " + source
                        + "; leave it out, or give the source that holds it");
            }
            try {
                data.read(place, values, 0);
            } catch (DamagedExampleException e) {
                throw new DataException(String.valueOf(e.getMessage()), e);
            }
            put(values, samples, i);
        }
        return LosslessWebp.of(samples, COLUMNS * size, rows * size);
    }

    /** From planes of one picture to pixels of the sheet. */
    private void put(float[] values, byte[] samples, int picture) {
        int left = picture % COLUMNS * size;
        int top = picture / COLUMNS * size;
        for (int i = 0; i < values.length; i++) {
            int channel = i / (size * size);
            int y = top + i / size % size;
            int x = left + i % size;
            samples[3 * (y * COLUMNS * size + x) + channel] = SampleConversion.unsigned(values[i]);
        }
    }
}

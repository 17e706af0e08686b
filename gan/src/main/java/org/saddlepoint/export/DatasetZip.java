package org.saddlepoint.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.ImageShape;
import org.saddlepoint.plot.SampleSheet;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;

/**
 * Writes images of a data set as a zip in the layout of StyleGAN's dataset tool (Karras et al. 2020), which other programs
 * read as well: pictures {@code 00000/img00000000.png}, a thousand in a folder, and last {@code dataset.json}:
 *
 * <pre>{"labels": [["00000/img00000000.png", 3], …], "class_names": ["cat", …]}</pre>
 *
 * <p>Without classes the numbers that describe an image are its label, a list. Labels are null where there are none of either;
 * other programs ignore the names. Neither the zip nor
 * its PNG files are compressed, so that they are read fast. Equal images give equal bytes.
 */
public final class DatasetZip {
    private static final int PER_FOLDER = 1000;

    /** Bytes of samples that are encoded at a time. */
    private static final int BLOCK = 1 << 26;

    private static final int LARGEST_BLOCK = 512;

    /** The first time that zips know. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Dataset data;
    private final ImageShape shape;
    private final List<Integer> indices;

    /**
     * @param data images of one shape
     * @param indices which examples, in the order in which they are written
     */
    public DatasetZip(Dataset data, List<Integer> indices) {
        this.data = data;
        this.shape = data.shape().images().get(0);
        this.indices = List.copyOf(indices);
    }

    /**
     * Writes the file, which appears whole or not at all, and replaces an existing one.
     *
     * @param progress is told now and then how many were written
     * @throws DataException when an image does not decode
     * @throws RunException when the file cannot be written
     */
    public void write(Path file, IntConsumer progress) {
        try {
            AtomicFiles.write(file, out -> write(out, progress));
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    private void write(OutputStream out, IntConsumer progress) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out); // the receiver closes what is below
        zip.setMethod(ZipOutputStream.STORED);
        int block = Math.max(1, Math.min(LARGEST_BLOCK, BLOCK / (Float.BYTES * shape.elements())));
        for (int from = 0; from < indices.size(); from += block) {
            List<byte[]> files = IntStream.range(from, Math.min(from + block, indices.size()))
                    .parallel()
                    .mapToObj(place -> png(indices.get(place)))
                    .toList();
            for (int i = 0; i < files.size(); i++) {
                put(zip, name(from + i), files.get(i));
            }
            progress.accept(from + files.size());
        }
        put(zip, "dataset.json", new ObjectMapper().writeValueAsBytes(description()));
        zip.finish();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private static String name(int place) {
        return String.format(Locale.ROOT, "%05d/img%08d.png", place / PER_FOLDER, place);
    }

    private byte[] png(int index) {
        float[] values = new float[shape.elements()];
        try {
            data.read(index, values, 0);
        } catch (DamagedExampleException e) {
            throw new DataException(e.skipped() + "; it could be read before, so the files change: try again", e);
        }
        return StoredPng.of(SampleSheet.single(values, shape.channels(), shape.height(), shape.width()));
    }

    private Map<String, Object> description() {
        List<List<Object>> labels = new ArrayList<>();
        for (int place = 0; place < indices.size(); place++) {
            int at = place;
            label(indices.get(place)).ifPresent(label -> labels.add(List.of(name(at), label)));
        }
        Map<String, Object> description = new LinkedHashMap<>();
        boolean all = labels.size() == indices.size();
        description.put("labels", all ? labels : null);
        if (all && !data.classNames().isEmpty()) {
            description.put("class_names", data.classNames());
        }
        return description;
    }

    /** The class, or else the numbers that describe an image. */
    private Optional<Object> label(int index) {
        OptionalInt label = data.label(index);
        int numbers = data.vectorNames().size();
        if (label.isPresent() || numbers == 0) {
            return label.isPresent() ? Optional.of(label.getAsInt()) : Optional.empty();
        }
        float[] vector = new float[numbers];
        data.readVector(index, vector, 0);
        return Optional.of(vector);
    }
}

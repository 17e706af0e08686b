package org.saddlepoint.benchmarks.quality;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.saddlepoint.data.DamagedExampleException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.SampleConversion;

/** Pictures as bytes 0 to 255, channel by channel and row by row, one after another, without a header. */
final class RawPictures {
    private RawPictures() {}

    /** Writes all pictures that can be read. */
    static void write(Dataset data, Path file) throws IOException {
        float[] values = new float[data.shape().elements()];
        byte[] bytes = new byte[values.length];
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < data.size(); i++) {
                try {
                    data.read(i, values, 0);
                } catch (DamagedExampleException damaged) {
                    continue; // the dataset lists it
                }
                for (int j = 0; j < values.length; j++) {
                    bytes[j] = SampleConversion.unsigned(values[j]);
                }
                out.write(bytes);
            }
        }
    }

    /**
     * Reads pictures as numbers in [−1, 1].
     *
     * @param elements bytes of each
     * @throws IOException if the file cannot be read, or does not hold whole pictures
     */
    static List<float[]> read(Path file, int elements) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        if (bytes.length == 0 || bytes.length % elements != 0) {
            throw new IOException(file + " has " + bytes.length + " bytes; expected pictures of " + elements);
        }
        List<float[]> pictures = new ArrayList<>(bytes.length / elements);
        for (int at = 0; at < bytes.length; at += elements) {
            float[] picture = new float[elements];
            for (int j = 0; j < elements; j++) {
                picture[j] = (bytes[at + j] & 0xFF) / 127.5f - 1;
            }
            pictures.add(picture);
        }
        return pictures;
    }
}

package org.saddlepoint.data.images;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Picture files that the scripts in {@code src/test/python} wrote byte by byte, with the pixels that are seen of them. */
final class GoldenPictures {
    private static final Map<String, Map<String, byte[]>> ZIPS = new LinkedHashMap<>();

    private GoldenPictures() {}

    /**
     * One file.
     *
     * @param zip name of the golden file, without endings
     * @param name in the zip: its kind, and what is special about it
     */
    record Golden(String zip, String name) {
        byte[] file() {
            return Objects.requireNonNull(files(zip).get(name), name);
        }

        /** What is seen: a plain file of PPM. */
        private byte[] ppm() {
            String kind = name.substring(0, name.indexOf('/'));
            return Objects.requireNonNull(files(zip).get(kind + "/seen.ppm"), kind);
        }

        /** Columns and rows that are seen. */
        int[] size() {
            String[] words = line(ppm()).split(" ", -1);
            return new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2])};
        }

        /** Red, green and blue of all pixels that are seen, row by row. */
        byte[] rgb() {
            byte[] ppm = ppm();
            ByteArrayInputStream in = new ByteArrayInputStream(ppm);
            in.skip(line(ppm).length() + 1L);
            return in.readAllBytes();
        }

        private static String line(byte[] ppm) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; ppm[i] != '\n'; i++) {
                line.append((char) ppm[i]);
            }
            return line.toString();
        }

        @Override
        public String toString() {
            return zip + " " + name;
        }
    }

    /** The files of {@code golden/ZIP.zip.gz}. */
    static Stream<Golden> of(String zip) {
        List<String> names = files(zip).keySet().stream()
                .filter(name -> !name.endsWith(".ppm"))
                .toList();
        return names.stream().map(name -> new Golden(zip, name));
    }

    private static synchronized Map<String, byte[]> files(String zip) {
        return ZIPS.computeIfAbsent(zip, GoldenPictures::read);
    }

    private static Map<String, byte[]> read(String name) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        InputStream resource = GoldenPictures.class.getResourceAsStream("/golden/" + name + ".zip.gz");
        try (ZipInputStream zip = new ZipInputStream(new GZIPInputStream(Objects.requireNonNull(resource, name)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}

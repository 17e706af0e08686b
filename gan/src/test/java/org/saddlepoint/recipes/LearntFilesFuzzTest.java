package org.saddlepoint.recipes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.data.DataFile;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** The lists of files that runs learned from, mutated packed and unpacked: they are read, or taken for none. */
class LearntFilesFuzzTest {
    private static final RunFolder RUN = RunFolder.create(Scratch.folder());

    private static final List<DataFile> FILES = List.of(
            new DataFile("a/0.png", 79, 0, 8, 8, "a"), new DataFile("b/\u00e9 \"1\".png", 1L << 40, 7, 1, 2, ""));

    private static final Fuzzing PACKED =
            new Fuzzing(Format.of(List.of(packed(lines())), LearntFilesFuzzTest::read, IOException.class));

    private static final Fuzzing LINES =
            new Fuzzing(Format.of(List.of(lines()), file -> read(packed(file)), IOException.class)
                    .words("{", "}", "[", "null", "\"name\":", "\"bytes\":", ",", "\n", "\\u0000", "1e999", "\u00ff"));

    @Property
    void packed(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PACKED.check(mutation);
    }

    @Property
    void lines(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        LINES.check(mutation);
    }

    private static void read(byte[] file) throws IOException {
        Files.write(RUN.dataFilesFile(), file);
        Optional<List<DataFile>> read = LearntFiles.read(RUN);
        if (read.isPresent() && read.get().stream().anyMatch(each -> each.name() == null || each.label() == null)) {
            throw new AssertionError("a file without a name or label: " + read);
        }
    }

    private static byte[] lines() {
        LearntFiles.write(RUN, FILES);
        if (!LearntFiles.read(RUN).equals(Optional.of(FILES))) {
            throw new AssertionError("not what was written: " + LearntFiles.read(RUN));
        }
        StringBuilder lines = new StringBuilder();
        for (DataFile file : FILES) {
            lines.append("{\"name\":\"%s\",\"bytes\":%d,\"checksum\":0,\"width\":1,\"height\":2,\"label\":\"\"}\n"
                    .formatted(file.name().replace("\"", "\\\""), file.bytes()));
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(byte[] lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

package org.saddlepoint.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;
import org.saddlepoint.testing.fuzz.Format;
import org.saddlepoint.testing.fuzz.Fuzzing;
import org.saddlepoint.testing.fuzz.Mutation;
import org.saddlepoint.testing.fuzz.Scratch;

/** Files of weights, mutated. */
class WeightsFuzzTest {
    private static final String[] OPCODES = {
        "]",
        "}",
        "(",
        ")",
        "t",
        "e",
        "a",
        "s",
        "u",
        "R",
        "Q",
        "b",
        "0",
        "N",
        ".",
        "\u0085",
        "\u0086",
        "\u0087",
        "\u0094",
        "h\u0000",
        "h\u0001",
        "q\u0001",
        "j\u00ff\u00ff\u00ff\u00ff",
        "r\u00ff\u00ff\u00ff\u007f",
        "K\u0001",
        "J\u00ff\u00ff\u00ff\u00ff",
        "\u008a\u00ff",
        "X\u0001\u0000\u0000\u0000a",
        "cposix\nsystem\n",
        "ccollections\nOrderedDict\n",
        "ctorch\nFloatStorage\n",
        "ctorch\nHalfStorage\n",
        "ctorch._utils\n_rebuild_tensor_v2\n",
        "ctorch._utils\n_rebuild_parameter\n",
        "\u0080\u0002",
        "G\u007f\u00f0\u0000\u0000\u0000\u0000\u0000\u0000"
    };

    private static final Fuzzing SAFETENSORS = new Fuzzing(Format.of(
                    List.of(golden("types.safetensors"), golden("half.safetensors"), small()),
                    file -> readSafeTensors(file),
                    IOException.class)
            .words(
                    "{",
                    "}",
                    "[",
                    "]",
                    "[0,",
                    "\"F32\"",
                    "\"F16\"",
                    "\"shape\":",
                    "\"data_offsets\":[0,4]",
                    "\"__metadata__\":{",
                    "\"a\":",
                    ",",
                    "\\u0000",
                    "\\n")
            .repaired(WeightsFuzzTest::withHeaderLength));

    private static final Fuzzing ZIP = new Fuzzing(Format.of(
                    List.of(golden("state_zip.pth"), golden("half_zip.pth")),
                    file -> readPickled(file),
                    IOException.class)
            .words(OPCODES));

    private static final Fuzzing STREAM = new Fuzzing(Format.of(
                    List.of(golden("state_stream.pth"), golden("half_stream.pth")),
                    file -> readPickled(file),
                    IOException.class)
            .words(OPCODES));

    private static final Map<String, byte[]> ENTRIES = entries(Golden.path("state_zip.pth"));

    private static final Fuzzing PICKLE = new Fuzzing(Format.of(
                    List.of(pickle()),
                    file -> readPickled(PickledStateDictTest.stored(withPickle(file))),
                    IOException.class)
            .words(OPCODES));

    @Property
    void safeTensors(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        SAFETENSORS.check(mutation);
    }

    @Property
    void stateDictsInAZip(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        ZIP.check(mutation);
    }

    @Property
    void picklesInASoundZip(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        PICKLE.check(mutation);
    }

    @Property
    void stateDictsInAStream(@ForAll(supplier = Mutation.Any.class) Mutation mutation) {
        STREAM.check(mutation);
    }

    private static void readSafeTensors(byte[] file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            SafeTensors.read(file, "fuzzed");
            SafeTensors.notes(file, "fuzzed");
        }
    }

    private static final Path PTH = Scratch.file("fuzzed.pth");

    private static void readPickled(byte[] file) throws IOException {
        Files.write(PTH, file);
        try (TensorScope scope = TensorScope.open()) {
            PickledStateDict.read(PTH);
        }
    }

    /** The first eight bytes made to fit the JSON behind them. */
    private static byte[] withHeaderLength(byte[] file) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 8; i < file.length; i++) {
            if (quoted) {
                i += file[i] == '\\' ? 1 : 0;
                quoted = i >= file.length || file[i] != '"';
            } else {
                quoted = file[i] == '"';
                depth += file[i] == '{' ? 1 : file[i] == '}' ? -1 : 0;
                if (depth <= 0) {
                    byte[] repaired = file.clone();
                    ByteBuffer.wrap(repaired).order(ByteOrder.LITTLE_ENDIAN).putLong(0, i - 7);
                    return repaired;
                }
            }
        }
        return file;
    }

    private static byte[] small() {
        byte[] header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[2,1],\"data_offsets\":[0,2]}}"
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(10 + header.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .put(header)
                .array();
    }

    private static byte[] golden(String name) {
        try {
            return Files.readAllBytes(Golden.path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, byte[]> entries(Path file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                entries.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries;
    }

    private static String pickleName() {
        return ENTRIES.keySet().stream()
                .filter(name -> name.endsWith("/data.pkl"))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] pickle() {
        return ENTRIES.get(pickleName());
    }

    private static Map<String, byte[]> withPickle(byte[] pickle) {
        Map<String, byte[]> changed = new LinkedHashMap<>(ENTRIES);
        changed.put(pickleName(), pickle);
        return changed;
    }
}

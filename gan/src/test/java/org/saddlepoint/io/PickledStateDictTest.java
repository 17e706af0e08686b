package org.saddlepoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.testing.Golden;

/** Both formats of {@code torch.save} against files of PyTorch ({@code golden_inception.py}), and against attacks. */
@ExtendWith(LeakCheck.class)
class PickledStateDictTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"state_zip.pth", "state_stream.pth"})
    void readsWhatPyTorchWrote(String file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> read = PickledStateDict.read(Golden.path(file));
            assertThat(List.copyOf(read.keySet()))
                    .containsExactly(
                            "layer.weight",
                            "layer.part",
                            "layer.channels_last",
                            "double",
                            "brain",
                            "num_batches_tracked",
                            "pixels",
                            "mask",
                            "empty");
            float[] weight = new float[24];
            float[] channelsLast = new float[24];
            for (int i = 0; i < 24; i++) {
                weight[i] = i / 8f;
                channelsLast[i] = i / 8f + 100;
            }
            require(read, "layer.weight", DType.FLOAT32, 2, 3, 2, 2);
            assertThat(read.get("layer.weight").toFloatArray()).isEqualTo(weight);
            require(read, "layer.part", DType.FLOAT32, 3, 2);
            assertThat(read.get("layer.part").toFloatArray())
                    .containsExactly(14 / 8f, 15 / 8f, 18 / 8f, 19 / 8f, 22 / 8f, 23 / 8f);
            assertThat(read.get("layer.channels_last").toFloatArray()).isEqualTo(channelsLast);
            assertThat(read.get("double").toDoubleArray()).containsExactly(0.1, -1e300);
            assertThat(read.get("brain").toFloatArray()).containsExactly(1, -2.5f);
            require(read, "num_batches_tracked", DType.INT64);
            assertThat(read.get("num_batches_tracked").toLongArray()).containsExactly(9007199254740993L);
            assertThat(read.get("pixels").toLongArray()).containsExactly(0, 127, 255);
            assertThat(read.get("mask").toLongArray()).containsExactly(1, 0);
            require(read, "empty", DType.FLOAT32, 0, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"half_zip.pth", "half_stream.pth"})
    void readsHalfPrecision(String file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            HalfPrecision.require(PickledStateDict.read(Golden.path(file)));
        }
    }

    /** A damaged file is read or refused, whatever byte it is: nothing else may come of it, and never much memory. */
    @ParameterizedTest
    @ValueSource(strings = {"state_zip.pth", "state_stream.pth"})
    void anyDamagedByteIsReadOrRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path(file));
        Path damagedFile = folder.resolve("damaged.pth");
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= (byte) 0xff;
            Files.write(damagedFile, damaged);
            try (TensorScope scope = TensorScope.open()) {
                PickledStateDict.read(damagedFile);
            } catch (IOException e) {
                refused++;
            } catch (RuntimeException e) {
                throw new AssertionError("byte " + at + " of " + file, e);
            }
        }
        assertThat(refused).isGreaterThan(whole.length / 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_zip.pth", "state_stream.pth"})
    void aFileCutAnywhereIsRefused(String file) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path(file));
        for (int length = 0; length < whole.length - (file.equals("state_zip.pth") ? 0 : 8); length += 7) {
            Path cut = Files.write(folder.resolve("cut.pth"), Arrays.copyOf(whole, length));
            assertRefused(cut, "");
        }
    }

    @ParameterizedTest
    @CsvSource({"posix, system", "os, system", "builtins, eval", "torch, load", "torch, IntStorage"})
    void aPickleThatNamesAnythingElseIsRefusedAndNotRun(String module, String name) throws IOException {
        Path proof = folder.resolve("proof");
        String command = "touch " + proof;
        byte[] attack = pickle("c" + module + "\n" + name + "\n(X", size(command.length()), command, "tR.");
        assertRefused(zip(Map.of("a/data.pkl", attack)), "it names " + module + "." + name);
        assertRefused(Files.write(folder.resolve("stream.pth"), attack), "it names " + module + "." + name);
        assertThat(proof).doesNotExist();
    }

    @Test
    void otherOpcodesAreRefused() throws IOException {
        // INST, OBJ, EXT1, NEWOBJ, BINBYTES of 2 GB
        for (String code :
                List.of("(ios\nsystem\n.", "(o.", "\u0082\u0001.", ")\u0081.", "B\u00ff\u00ff\u00ff\u007f.")) {
            assertRefused(zip(Map.of("a/data.pkl", pickle(code))), "opcode");
        }
        assertRefused(zip(Map.of("a/data.pkl", pickle("X\u00ff\u00ff\u00ff\u007f."))), "a text of 2147483647 bytes");
    }

    @Test
    void tensorsThatDoNotFitTheirStorageAreRefused() throws IOException {
        byte[] eight = new byte[8];
        assertThat(read(tensor("(K\u0002t(K\u0001t"), eight)).containsOnlyKeys("w");
        assertRefused(file(tensor("(K\u0003t(K\u0001t"), eight), "reaches outside its storage");
        assertRefused(file(tensor("(K\u0009t(K\u0000t"), eight), "repeats the values");
        assertRefused(file(tensor("(J\u00ff\u00ff\u00ff\u00fft(K\u0001t"), eight), "size");
        assertRefused(file(tensor("(K\u0002t(J\u00ff\u00ff\u00ff\u00fft"), eight), "negative stride");
        assertRefused(file(tensor("(K\u0002t)"), eight), "1 sizes and 0 strides");
        assertRefused(file(tensor("(K\u0002t(K\u0001t"), new byte[4]), "should have 8 bytes but has 4");
        assertRefused(zip(Map.of("a/data.pkl", tensor("(K\u0002t(K\u0001t"))), "no entry");
    }

    /** Values that hold themselves have no hash and no text, and lists of lists of lists have very long ones. */
    @Test
    void nestedValuesAreRefusedAtOnce() throws IOException {
        String itself = "]q\u0000h\u0000a"; // a list whose one element it is
        String bomb = "]q\u0001" + "h\u0001\u0086q\u0001".repeat(200); // 2^200 elements
        assertRefused(zip(Map.of("a/data.pkl", pickle("}X", size(1), "w" + itself + "s."))), "its w is no tensor");
        assertRefused(zip(Map.of("a/data.pkl", pickle("}X", size(1), "w" + bomb + "s."))), "its w is no tensor");
        assertRefused(zip(Map.of("a/data.pkl", pickle(itself + "."))), "no dict of tensors");
        for (String key : List.of(itself, bomb)) {
            byte[] stream = stream("](" + key + "e.");
            assertRefused(Files.write(folder.resolve("keys.pth"), stream), "its pickle does not describe tensors");
        }
        assertRefused(zip(Map.of("a/data.pkl", pickle("]".repeat(1 << 20)))), "more than 1048576 opcodes");
        assertRefused(zip(Map.of("a/data.pkl", pickle("\u008a"))), "its pickle");
    }

    @Test
    void persistentIdsThatLieAreRefused() throws IOException {
        byte[] eight = new byte[8];
        String huge = "\u008a\u0008\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f"; // 2^63 - 1
        assertRefused(file(tensor("(K\u0002t(K\u0001t", huge), eight), "overflow");
        assertRefused(
                file(tensor("(K\u0002t(K\u0001t", "J\u00ff\u00ff\u00ff\u00ff"), eight),
                "should have -4 bytes but has 8");
        assertRefused(file(tensor("(K\u0002t(K\u0001t", "K\u0003"), eight), "should have 12 bytes but has 8");
        assertRefused(file(tensor("(K\u0002t(K\u0001t", "N"), eight), "does not describe tensors");
        assertRefused(file(tensor("(" + "K\u0001".repeat(65) + "t(" + "K\u0001".repeat(65) + "t"), eight), "65 axes");
        byte[] outside = pickle(new String(tensor("(K\u0000t(K\u0001t"), StandardCharsets.ISO_8859_1)
                .substring(2)
                .replace("QK\u0000", "QJ\u00ff\u00ff\u00ff\u007f"));
        assertRefused(file(outside, eight), "reaches outside its storage"); // an empty tensor far away
    }

    @Test
    void whatIsNoStateDictIsRefused() throws IOException {
        assertRefused(zip(Map.of("b/other", new byte[1])), "it has no data.pkl");
        assertRefused(Golden.path("features.pt"), "TorchScript");
        assertRefused(Golden.path("types.safetensors"), "");
        assertRefused(zip(Map.of("a/data.pkl", pickle("K\u0001."))), "no dict of tensors");
        assertRefused(zip(Map.of("a/data.pkl", pickle("}X", size(1), "wK\u0001s."))), "its w is no tensor");
        assertRefused(zip(Map.of("a/data.pkl", pickle("}K\u0001K\u0001s."))), "does not describe tensors");
        assertRefused(zip(Map.of("a/data.pkl", pickle("R."))), "");
    }

    private static byte[] stream(String keys) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(pickle("\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.")); // torch.save's magic number
        all.writeBytes(pickle("M\u00e9\u0003."));
        all.writeBytes(pickle("}X", size(13), "little_endian\u0088s."));
        all.writeBytes(pickle("}."));
        all.writeBytes(pickle(keys));
        return all.toByteArray();
    }

    private static byte[] tensor(String sizesAndStrides) {
        return tensor(sizesAndStrides, "K\u0002");
    }

    private static byte[] tensor(String sizesAndStrides, String elements) {
        return pickle(
                "}X",
                size(1),
                "wctorch._utils\n_rebuild_tensor_v2\n((X",
                size(7),
                "storagectorch\nFloatStorage\nX",
                size(1),
                "0X",
                size(3),
                "cpu" + elements + "tQK\u0000" + sizesAndStrides + "\u0089NtRs.");
    }

    private static String size(int bytes) {
        return (char) bytes + "\u0000\u0000\u0000";
    }

    private static byte[] pickle(String... parts) {
        return ("\u0080\u0002" + String.join("", parts)).getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path file(byte[] pickle, byte[] storage) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", pickle);
        entries.put("a/data/0", storage);
        return zip(entries);
    }

    private Map<String, Tensor> read(byte[] pickle, byte[] storage) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            return PickledStateDict.read(file(pickle, storage));
        }
    }

    private Path zip(Map<String, byte[]> entries) throws IOException {
        return Files.write(folder.resolve("attack.pth"), stored(entries));
    }

    /** A zip of these entries, none of them compressed. */
    static byte[] stored(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> content : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(content.getKey());
                CRC32 check = new CRC32();
                check.update(content.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(content.getValue().length);
                entry.setCrc(check.getValue());
                out.putNextEntry(entry);
                out.write(content.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static void require(Map<String, Tensor> read, String name, DType dtype, long... shape) {
        assertThat(read.get(name).dtype()).isEqualTo(dtype);
        assertThat(read.get(name).shape()).isEqualTo(Shape.of(shape));
    }

    private static void assertRefused(Path file, String reason) {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> PickledStateDict.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file + " is no state dict that can be read: ")
                    .hasMessageContaining(reason);
        }
    }
}

package org.saddlepoint.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;
import org.saddlepoint.testing.Golden;

/** The format against files of Python's safetensors ({@code golden_safetensors.py}), and against damage. */
@ExtendWith(LeakCheck.class)
class SafeTensorsTest {
    @TempDir
    private Path folder;

    @Test
    void readsWhatPythonWrote() {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> read = Golden.read("types.safetensors");
            assertThat(read).hasSize(9);
            require(read, "layers.0.weight", DType.FLOAT32, 3, 2, 2);
            float[] weight = read.get("layers.0.weight").toFloatArray();
            for (int i = 0; i < 12; i++) {
                assertThat(weight[i]).isEqualTo(i / 8f - 0.75f);
            }
            require(read, "layers.0.bias", DType.FLOAT32, 4);
            assertThat(read.get("layers.0.bias").toFloatArray())
                    .containsExactly(Float.MIN_VALUE, -0f, Float.POSITIVE_INFINITY, Float.MAX_VALUE);
            require(read, "double", DType.FLOAT64, 1, 2);
            assertThat(read.get("double").toDoubleArray()).containsExactly(0.1, -1e300);
            require(read, "brain", DType.BFLOAT16, 3);
            assertThat(read.get("brain").toFloatArray()).containsExactly(1, -2.5f, 0x1.c4p127f);
            require(read, "num_batches_tracked", DType.INT64);
            assertThat(read.get("num_batches_tracked").toLongArray()).containsExactly(9007199254740993L);
            require(read, "pixels", DType.UINT8, 2, 2);
            assertThat(read.get("pixels").toLongArray()).containsExactly(0, 127, 128, 255);
            require(read, "mask", DType.BOOL, 3);
            assertThat(read.get("mask").toLongArray()).containsExactly(1, 0, 1);
            require(read, "empty", DType.FLOAT32, 0, 4);
            assertThat(read.get("né \"quoted\"").item()).isEqualTo(7);
        }
    }

    @Test
    void readsAndWritesHalfPrecision() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> read = Golden.read("half.safetensors");
            HalfPrecision.require(read);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SafeTensors.write(out, read, Map.of());
            assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(Golden.path("half.safetensors")));
        }
    }

    @Test
    void writesTheBytesThatPythonWrites() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Map<String, Tensor> read = Golden.read("types.safetensors");
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SafeTensors.write(out, read, Map.of("format", "pt"));
            assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(Golden.path("types.safetensors")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers.safetensors", "networks.safetensors", "optimizers.safetensors"})
    void writesTheBytesOfWholeNetworksThatPythonWrites(String file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            SafeTensors.write(out, Golden.read(file), Map.of());
            assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(Golden.path(file)));
        }
    }

    @Test
    void tensorsInAnyMemoryOrderAreWrittenRowByRow() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            Tensor matrix = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
            Tensor images = Tensors.arange(36).to(DType.FLOAT32).reshape(2, 3, 2, 3);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("transposed", matrix.transpose(0, 1));
            tensors.put("narrowed", matrix.narrow(1, 1, 2));
            tensors.put("channels last", images.channelsLast());
            tensors.put("with gradient", matrix.withGrad(true));
            Path file = write(tensors);
            Map<String, Tensor> read = SafeTensors.read(file);
            assertThat(List.copyOf(read.keySet())).isEqualTo(List.copyOf(tensors.keySet()));
            assertThat(read.get("transposed").toFloatArray()).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(read.get("narrowed").toFloatArray()).containsExactly(2, 3, 5, 6);
            assertThat(read.get("channels last").toFloatArray()).isEqualTo(images.toFloatArray());
            assertThat(read.get("with gradient").toFloatArray()).isEqualTo(matrix.toFloatArray());
        }
    }

    @Test
    void theStreamStaysOpenAndNoTensorIsAFile() throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            boolean[] closed = new boolean[1];
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public void close() {
                    closed[0] = true;
                }
            };
            SafeTensors.write(out, Map.of(), Map.of());
            assertThat(closed[0]).isFalse();
            Path file = Files.write(folder.resolve("none.safetensors"), out.toByteArray());
            assertThat(SafeTensors.read(file)).isEmpty();
        }
    }

    @Test
    void everyTruncatedFileIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(Golden.path("types.safetensors"));
        for (int length = 0; length < whole.length; length += length < 700 ? 7 : 1) {
            Path file = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
            requireRefused(file, "is no whole safetensors file");
        }
    }

    @Test
    void wrongHeadersAreRefused() throws IOException {
        requireRefused(header("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", 8), "claims bytes");
        requireRefused(header("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}}", 8), "claims bytes");
        requireRefused(header("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}", 8), "claims bytes");
        requireRefused(header("{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", 8), "negative");
        requireRefused(
                header("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[8],\"data_offsets\":[0,8]}}", 8),
                "type F8_E4M3; supported are");
        requireRefused(
                header("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 8),
                "whole");
        requireRefused(header("{\"a\":", 8), "header is no JSON: ");
        requireRefused(header("[1, 2]", 8), "header is no JSON object");
        requireRefused(header("{\"a\": 7}", 8), "describes a not by dtype");
        requireRefused(header("{\"a\": null}", 8), "null of a");
        requireRefused(header("{\"__metadata__\": {\"a\": [[[1]]]}}", 0), "__metadata__");
        requireRefused(
                header("{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,4]},\"a\":{}}", 4), "describes a not by dtype");
        byte[] huge = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.MAX_VALUE)
                .array();
        requireRefused(Files.write(folder.resolve("huge.safetensors"), huge), "does not fit a file of 16 bytes");
    }

    @Test
    void headersThatLieAboutTheBytesBehindThemAreRefused() throws IOException {
        String a = tensor("a", 4, 0);
        assertThat(names(header("{" + a + "," + tensor("b", 4, 4) + "}", 8))).containsExactly("a", "b");
        assertThat(names(header("{" + tensor("b", 4, 4) + "," + a + "}", 8))).containsExactly("b", "a");
        requireRefused(
                header("{" + a + "," + tensor("b", 4, 0) + "}", 4), "claims bytes 0 to 4, but the tensor before");
        requireRefused(header("{" + a + "," + tensor("b", 4, 2) + "}", 6), "neither gap nor overlap");
        requireRefused(header("{" + a + "," + tensor("b", 4, 5) + "}", 9), "neither gap nor overlap");
        requireRefused(header("{" + a + "," + tensor("b", 4, 4) + "}", 9), "end at byte 8 of 9");
        requireRefused(header("{" + a + "," + tensor("b", 9, 4) + "}", 12), "claims bytes 4 to 13, but there are 12");
        requireRefused(header("{" + a + "," + a + "}", 4), "Duplicate");
        requireRefused(header("{" + a + "} {}", 4), "goes on behind its end");
        requireRefused(header("{" + a.replace("[0,4]", "[0,4,8]") + "}", 4), "two data_offsets");
        requireRefused(header("{" + a.replace("[4]", "[4.0]") + "}", 4), "describes a not by");
        requireRefused(header("{" + a.replace("[4]", "[9223372036854775808]") + "}", 4), "");
        requireRefused(header("{" + a.replace("\"U8\"", "\"U8\",\"more\":1") + "}", 4), "alone");
        requireRefused(
                header("{" + a.replace("[4]", "[" + "1,".repeat(64) + "4]") + "}", 4), "65 axes, more than the limit");
        byte[] negative = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(Long.MIN_VALUE)
                .array();
        requireRefused(Files.write(folder.resolve("n.safetensors"), negative), "does not fit a file of 16 bytes");
        requireRefused(header("{\"" + "[".repeat(5000) + "\n", 0), "header is no JSON");
        requireRefused(header("{\"a\":" + "[".repeat(100_000), 0), "");
    }

    /** In the header of a file all of which is brackets, nothing is built. */
    @Test
    void aHeaderOfNestedListsTakesNoMemory() throws IOException {
        byte[] header = ("{\"a\":[" + "[],".repeat(10_000_000) + "[]]}").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length).order(ByteOrder.LITTLE_ENDIAN);
        Path path = Files.write(
                folder.resolve("lists.safetensors"),
                file.putLong(header.length).put(header).array());
        requireRefused(path, "describes a not by");
    }

    private static String tensor(String name, int bytes, int from) {
        return "\"%s\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
                .formatted(name, bytes, from, from + bytes);
    }

    private static List<String> names(Path file) throws IOException {
        try (TensorScope scope = TensorScope.open()) {
            return List.copyOf(SafeTensors.read(file).keySet());
        }
    }

    private Path header(String json, int data) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        return Files.write(folder.resolve("header.safetensors"), bytes.array());
    }

    private Path write(Map<String, Tensor> tensors) throws IOException {
        Path file = folder.resolve("written.safetensors");
        try (OutputStream out = Files.newOutputStream(file)) {
            SafeTensors.write(out, tensors, Map.of("format", "pt"));
        }
        return file;
    }

    private static void requireRefused(Path file, String message) {
        try (TensorScope scope = TensorScope.open()) {
            assertThatThrownBy(() -> SafeTensors.read(file))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(message)
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
        }
    }

    private static void require(Map<String, Tensor> read, String name, DType dtype, long... shape) {
        assertThat(read.get(name).dtype()).as(name).isEqualTo(dtype);
        assertThat(read.get(name).shape()).as(name).isEqualTo(Shape.of(shape));
    }
}

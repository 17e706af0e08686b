package org.saddlepoint.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The safetensors format: the length of a header in eight bytes, the header in JSON with each tensor's type, shape and
 * offsets, then the values, little-endian, last axis fastest. Python's {@code safetensors} reads what this writes and
 * the other way round.
 */
public final class SafeTensors {
    /** A longer header is refused, as the reference implementation does; bytes. */
    private static final long MAX_HEADER = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<DType, String> NAMES = Map.of(
            DType.FLOAT32, "F32",
            DType.FLOAT64, "F64",
            DType.BFLOAT16, "BF16",
            DType.INT64, "I64",
            DType.UINT8, "U8",
            DType.BOOL, "BOOL");

    private SafeTensors() {}

    /** Writes tensors, in the map's order, and notes about them; the stream stays open. */
    public static void write(OutputStream out, Map<String, Tensor> tensors, Map<String, String> notes)
            throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!notes.isEmpty()) {
            header.set(METADATA, JSON.valueToTree(notes));
        }
        long offset = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            long end = offset + tensor.shape().elements() * tensor.dtype().bytes();
            ObjectNode description = header.putObject(entry.getKey());
            description.put("dtype", NAMES.get(tensor.dtype()));
            description.set("shape", JSON.valueToTree(tensor.shape().toArray()));
            description.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padding = (8 - json.length % 8) % 8;
        out.write(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length + padding)
                .array());
        out.write(json);
        out.write(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : tensors.values()) {
            out.write(tensor.toByteArray());
        }
    }

    /**
     * Reads all tensors of a file into the current scope, in the file's order.
     *
     * @throws IOException if the file cannot be read, or is no whole safetensors file; the message names the file
     */
    public static Map<String, Tensor> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long length = channel.size() < 8 ? -1 : bytes(channel, 0, 8).getLong();
            if (length < 2 || length > Math.min(MAX_HEADER, channel.size() - 8)) {
                throw damaged(
                        file, "the header's length " + length + " does not fit a file of " + channel.size() + " bytes");
            }
            JsonNode header = JSON.readTree(bytes(channel, 8, (int) length).array());
            if (!header.isObject()) {
                throw damaged(file, "its header is no JSON object");
            }
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            try (TensorScope scope = TensorScope.open()) {
                for (Map.Entry<String, JsonNode> entry : header.properties()) {
                    if (!entry.getKey().equals(METADATA)) {
                        tensors.put(entry.getKey(), scope.promote(read(file, channel, 8 + length, entry)));
                    }
                }
            }
            return tensors;
        } catch (JsonProcessingException e) {
            throw damaged(file, "its header is no JSON: " + e.getOriginalMessage());
        } catch (TensorException | ArithmeticException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static Tensor read(Path file, FileChannel channel, long start, Map.Entry<String, JsonNode> entry)
            throws IOException {
        String name = entry.getKey();
        JsonNode description = entry.getValue();
        String typeName = description.path("dtype").asText();
        DType dtype = NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(typeName))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> damaged(file, name + " has type " + typeName + "; supported are " + NAMES.values()));
        long[] shape = new long[description.path("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = description.path("shape").get(axis).asLong(-1);
            if (shape[axis] < 0) {
                throw damaged(file, name + " has a negative size");
            }
        }
        long begin = description.path("data_offsets").path(0).asLong(-1);
        long end = description.path("data_offsets").path(1).asLong(-1);
        long bytes = Math.multiplyExact(Shape.of(shape).elements(), (long) dtype.bytes());
        if (begin < 0 || end - begin != bytes || end > channel.size() - start || bytes > Integer.MAX_VALUE - 8) {
            throw damaged(file, name + " of shape " + Shape.of(shape) + " claims bytes " + begin + " to " + end);
        }
        return Tensors.ofBytes(dtype, bytes(channel, start + begin, (int) bytes).array(), shape);
    }

    private static ByteBuffer bytes(FileChannel channel, long position, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // read on: a channel may give less than was asked for
        }
        return buffer.rewind();
    }

    private static IOException damaged(Path file, String reason) {
        return new IOException(file + " is no whole safetensors file: " + reason);
    }
}

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
            return read(new Source(file.toString(), channel.size(), channel::read));
        }
    }

    /**
     * As {@link #read(Path)}, of a file's content in memory.
     *
     * @param name what messages call it
     */
    public static Map<String, Tensor> read(byte[] content, String name) throws IOException {
        return read(Source.of(content, name));
    }

    /** The notes in a file's content, empty where it has none. */
    public static Map<String, String> notes(byte[] content, String name) throws IOException {
        Source source = Source.of(content, name);
        Map<String, String> notes = new LinkedHashMap<>();
        source.header()
                .path(METADATA)
                .properties()
                .forEach(note -> notes.put(note.getKey(), note.getValue().asText()));
        return notes;
    }

    @FunctionalInterface
    private interface Bytes {
        /** As {@link FileChannel#read(ByteBuffer, long)}. */
        int read(ByteBuffer target, long position) throws IOException;
    }

    /** Where a file's bytes are, and how many. */
    private record Source(String name, long size, Bytes content) {
        static Source of(byte[] content, String name) {
            return new Source(name, content.length, (target, position) -> {
                int count = (int) Math.min(target.remaining(), Math.max(0, content.length - position));
                target.put(content, (int) position, count);
                return count == 0 ? -1 : count;
            });
        }

        ByteBuffer bytes(long position, int count) throws IOException {
            ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
            while (buffer.hasRemaining() && content.read(buffer, position + buffer.position()) >= 0) {
                // read on: a channel may give less than was asked for
            }
            return buffer.rewind();
        }

        int headerLength() throws IOException {
            long length = size < 8 ? -1 : bytes(0, 8).getLong();
            if (length < 2 || length > Math.min(MAX_HEADER, size - 8)) {
                throw damaged("the header's length " + length + " does not fit a file of " + size + " bytes");
            }
            return (int) length;
        }

        JsonNode header() throws IOException {
            try {
                JsonNode header = JSON.readTree(bytes(8, headerLength()).array());
                if (!header.isObject()) {
                    throw damaged("its header is no JSON object");
                }
                return header;
            } catch (JsonProcessingException e) {
                throw damaged("its header is no JSON: " + e.getOriginalMessage());
            }
        }

        IOException damaged(String reason) {
            return new IOException(name + " is no whole safetensors file: " + reason);
        }
    }

    private static Map<String, Tensor> read(Source source) throws IOException {
        JsonNode header = source.header();
        long start = 8L + source.headerLength();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (!entry.getKey().equals(METADATA)) {
                    tensors.put(entry.getKey(), scope.promote(read(source, start, entry)));
                }
            }
        } catch (TensorException | ArithmeticException e) {
            throw source.damaged(String.valueOf(e.getMessage()));
        }
        return tensors;
    }

    private static Tensor read(Source source, long start, Map.Entry<String, JsonNode> entry) throws IOException {
        String name = entry.getKey();
        JsonNode description = entry.getValue();
        String typeName = description.path("dtype").asText();
        DType dtype = NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(typeName))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(
                        () -> source.damaged(name + " has type " + typeName + "; supported are " + NAMES.values()));
        long[] shape = new long[description.path("shape").size()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = description.path("shape").get(axis).asLong(-1);
            if (shape[axis] < 0) {
                throw source.damaged(name + " has a negative size");
            }
        }
        long begin = description.path("data_offsets").path(0).asLong(-1);
        long end = description.path("data_offsets").path(1).asLong(-1);
        long bytes = Math.multiplyExact(Shape.of(shape).elements(), (long) dtype.bytes());
        if (begin < 0 || end - begin != bytes || end > source.size() - start || bytes > Integer.MAX_VALUE - 8) {
            throw source.damaged(name + " of shape " + Shape.of(shape) + " claims bytes " + begin + " to " + end);
        }
        return Tensors.ofBytes(dtype, source.bytes(start + begin, (int) bytes).array(), shape);
    }
}

package org.saddlepoint.io;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.OneLine;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/**
 * The safetensors format: the length of a header in eight bytes, the header in JSON with each tensor's type, shape and
 * offsets, then the values, little-endian, last axis fastest. Python's {@code safetensors} reads what this writes and
 * the other way round. Tensors keep the type that they have in the file; a network of float32 widens half precision when
 * it loads them.
 */
public final class SafeTensors {
    /** A longer header is refused, as the reference implementation does; bytes. */
    private static final long MAX_HEADER = 100_000_000;

    /** More axes are refused; PyTorch's own operations take no more. */
    static final int MAX_AXES = 64;

    private static final String METADATA = "__metadata__";
    private static final TypeReference<LinkedHashMap<String, String>> NOTES = new TypeReference<>() {};
    private static final TypeReference<Description> DESCRIPTION = new TypeReference<>() {};
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();
    private static final Map<DType, String> NAMES = Map.of(
            DType.FLOAT32, "F32",
            DType.FLOAT64, "F64",
            DType.FLOAT16, "F16",
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
        InputFiles.size(file);
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
        return Source.of(content, name).header().notes();
    }

    /**
     * What a header says of a tensor.
     *
     * @param dtype in the format's words
     * @param offsets of its first byte and of the one behind its last, from the header's end
     */
    record Description(String dtype, long[] shape, @JsonProperty("data_offsets") long[] offsets) {
        Description {
            if (offsets.length != 2) {
                throw new IllegalArgumentException("expected two offsets");
            }
        }

        long begin() {
            return offsets[0];
        }

        long end() {
            return offsets[1];
        }

        String claim() {
            return " of shape " + Arrays.toString(shape) + " claims bytes " + begin() + " to " + end();
        }
    }

    /** What a header says. */
    private record Header(Map<String, String> notes, Map<String, Description> tensors) {}

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

        /** Never more in memory than the descriptions themselves: a header of anything else ends reading at once. */
        Header header() throws IOException {
            Map<String, String> notes = new LinkedHashMap<>();
            Map<String, Description> tensors = new LinkedHashMap<>();
            try (JsonParser parser = JSON.createParser(bytes(8, headerLength()).array())) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw damaged("its header is no JSON object");
                }
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    if (key.equals(METADATA)) {
                        notes.putAll(read(parser, key, NOTES, "texts"));
                    } else {
                        tensors.put(key, read(parser, key, DESCRIPTION, "dtype, shape and two data_offsets"));
                    }
                }
                if (parser.nextToken() != null) {
                    throw damaged("its header goes on behind its end");
                }
            } catch (JsonProcessingException e) {
                throw damaged("its header is no JSON: " + e.getOriginalMessage());
            }
            return new Header(notes, tensors);
        }

        private <T> T read(JsonParser parser, String key, TypeReference<T> type, String expected) throws IOException {
            try {
                T value = parser.readValueAs(type);
                if (value != null) {
                    return value;
                }
            } catch (JsonMappingException e) {
                throw damaged("its header describes " + key + " not by " + expected + " alone");
            }
            throw damaged("its header says null of " + key + "; expected " + expected);
        }

        IOException damaged(String reason) {
            return new IOException(OneLine.of(name + " is no whole safetensors file: " + reason));
        }
    }

    private static Map<String, Tensor> read(Source source) throws IOException {
        Header header = source.header();
        long start = 8L + source.headerLength();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        try (TensorScope scope = TensorScope.open()) {
            for (Map.Entry<String, Description> entry : header.tensors().entrySet()) {
                requireSound(source, entry.getKey(), entry.getValue());
            }
            requireNoGaps(source, header.tensors(), source.size() - start);
            for (Map.Entry<String, Description> entry : header.tensors().entrySet()) {
                Description found = entry.getValue();
                byte[] bytes = source.bytes(start + found.begin(), (int) (found.end() - found.begin()))
                        .array();
                Tensor tensor = Tensors.ofBytes(dtype(found).orElseThrow(), bytes, found.shape());
                tensors.put(entry.getKey(), scope.promote(tensor));
            }
        } catch (TensorException | ArithmeticException e) {
            throw source.damaged(String.valueOf(e.getMessage()));
        }
        return tensors;
    }

    private static Optional<DType> dtype(Description description) {
        return NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(description.dtype()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static void requireSound(Source source, String name, Description tensor) throws IOException {
        DType dtype = dtype(tensor)
                .orElseThrow(() ->
                        source.damaged(name + " has type " + tensor.dtype() + "; supported are " + NAMES.values()));
        if (tensor.shape().length > MAX_AXES) {
            throw source.damaged(name + " has " + tensor.shape().length + " axes, more than the limit of " + MAX_AXES);
        }
        if (Arrays.stream(tensor.shape()).anyMatch(size -> size < 0)) {
            throw source.damaged(name + " has a negative size");
        }
        long bytes = Math.multiplyExact(Shape.of(tensor.shape()).elements(), (long) dtype.bytes());
        if (tensor.begin() < 0 || tensor.end() - tensor.begin() != bytes || bytes > Integer.MAX_VALUE - 8) {
            throw source.damaged(name + tensor.claim());
        }
    }

    /** The format's own rule: each byte behind the header belongs to one tensor. */
    private static void requireNoGaps(Source source, Map<String, Description> tensors, long size) throws IOException {
        Comparator<Map.Entry<String, Description>> order = Comparator.comparingLong(
                        (Map.Entry<String, Description> entry) ->
                                entry.getValue().begin())
                .thenComparingLong(entry -> entry.getValue().end());
        long end = 0;
        for (Map.Entry<String, Description> entry :
                tensors.entrySet().stream().sorted(order).toList()) {
            Description tensor = entry.getValue();
            if (tensor.begin() != end || tensor.end() > size) {
                throw source.damaged(entry.getKey() + tensor.claim() + ", but "
                        + (tensor.begin() == end
                                ? "there are " + size
                                : "the tensor before it ends at " + end
                                        + ", and there may be neither gap nor overlap"));
            }
            end = tensor.end();
        }
        if (end != size) {
            throw source.damaged("its tensors end at byte " + end + " of " + size + " behind the header");
        }
    }
}

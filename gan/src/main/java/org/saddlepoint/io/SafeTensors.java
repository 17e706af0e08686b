package org.saddlepoint.io;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
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
 * the other way round.
 */
public final class SafeTensors {
    /** A longer header is refused, as the reference implementation does; bytes. */
    private static final long MAX_HEADER = 100_000_000;

    /** More axes are refused; PyTorch's own operations take no more. */
    static final int MAX_AXES = 64;

    private static final String METADATA = "__metadata__";
    private static final TypeReference<LinkedHashMap<String, String>> NOTES = new TypeReference<>() {};
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
    private record Description(String dtype, long[] shape, @JsonProperty("data_offsets") long[] offsets) {}

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
                        notes.putAll(parser.readValueAs(NOTES));
                    } else if (tensors.put(key, parser.readValueAs(Description.class)) != null) {
                        throw damaged("its header describes " + key + " twice");
                    }
                }
                if (parser.nextToken() != null) {
                    throw damaged("its header goes on behind its end");
                }
            } catch (JsonProcessingException e) {
                throw damaged("its header is no JSON that describes tensors: " + e.getOriginalMessage());
            }
            return new Header(notes, tensors);
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
            requireNoGaps(source, header.tensors().values(), source.size() - start);
            for (Map.Entry<String, Description> entry : header.tensors().entrySet()) {
                tensors.put(entry.getKey(), scope.promote(read(source, start, entry.getKey(), entry.getValue())));
            }
        } catch (TensorException | ArithmeticException e) {
            throw source.damaged(String.valueOf(e.getMessage()));
        }
        return tensors;
    }

    /** The format's own rule: each byte behind the header belongs to one tensor. */
    private static void requireNoGaps(Source source, Collection<Description> tensors, long size) throws IOException {
        for (Description tensor : tensors) {
            if (tensor.offsets().length != 2 || tensor.offsets()[0] < 0 || tensor.offsets()[1] < tensor.offsets()[0]) {
                throw source.damaged("its header has offsets " + Arrays.toString(tensor.offsets())
                        + "; expected a beginning and an end behind it");
            }
        }
        long end = 0;
        Comparator<long[]> order = Comparator.comparingLong((long[] offsets) -> offsets[0])
                .thenComparingLong(offsets -> offsets[1]);
        for (long[] offsets :
                tensors.stream().map(Description::offsets).sorted(order).toList()) {
            if (offsets[0] != end) {
                throw source.damaged("the tensor that begins at byte " + offsets[0] + (offsets[0] < end ? " overlaps" : " leaves a gap to")
                        + " the one that ends at " + end);
            }
            end = offsets[1];
        }
        if (end != size) {
            throw source.damaged("its tensors end at byte " + end + " of " + size + " behind the header");
        }
    }

    private static Tensor read(Source source, long start, String name, Description description) throws IOException {
        DType dtype = NAMES.entrySet().stream()
                .filter(known -> known.getValue().equals(description.dtype()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> source.damaged(
                        name + " has type " + description.dtype() + "; supported are " + NAMES.values()));
        if (description.shape().length > MAX_AXES) {
            throw source.damaged(
                    name + " has " + description.shape().length + " axes, more than the limit of " + MAX_AXES);
        }
        if (Arrays.stream(description.shape()).anyMatch(size -> size < 0)) {
            throw source.damaged(name + " has a negative size");
        }
        Shape shape = Shape.of(description.shape());
        long begin = description.offsets()[0];
        long bytes = Math.multiplyExact(shape.elements(), (long) dtype.bytes());
        if (description.offsets()[1] - begin != bytes || bytes > Integer.MAX_VALUE - 8) {
            throw source.damaged(
                    name + " of shape " + shape + " claims bytes " + begin + " to " + description.offsets()[1]);
        }
        return Tensors.ofBytes(dtype, source.bytes(start + begin, (int) bytes).array(), shape.toArray());
    }
}

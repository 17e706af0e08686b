package org.saddlepoint.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the files that {@code src/test/python/golden_functional.py} wrote, and compares with them. */
final class Golden {
    private Golden() {}

    static JsonNode read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("/golden/" + name + "; run src/test/python/golden_functional.py");
            }
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(Spliterators.spliterator(array.elements(), array.size(), 0), false);
    }

    static double[] doubles(JsonNode array) {
        return stream(array).mapToDouble(JsonNode::doubleValue).toArray();
    }

    static long[] longs(JsonNode array) {
        return stream(array).mapToLong(JsonNode::longValue).toArray();
    }

    /** The tensor of this entry; numbers in the given floating-point type, indices in int64. */
    static Tensor tensor(JsonNode entry, DType dtype) {
        long[] shape = longs(entry.get("shape"));
        return entry.get("dtype").textValue().equals("int64")
                ? Tensors.of(longs(entry.get("data")), shape)
                : Tensors.of(doubles(entry.get("data")), shape).to(dtype);
    }

    /**
     * Requires equal shapes, and of each element |actual − expected| ≤ absolute + relative · max |expected|.
     *
     * @throws AssertionError naming the first element that differs
     */
    static void requireClose(String name, Tensor actual, JsonNode expected, double relative, double absolute) {
        Shape shape = Shape.of(longs(expected.get("shape")));
        if (!actual.shape().equals(shape)) {
            throw new AssertionError(name + ": expected the shape " + shape + " but was " + actual.shape());
        }
        double[] wanted = doubles(expected.get("data"));
        double[] values = actual.toDoubleArray();
        double largest = 0;
        for (double value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!(Math.abs(values[i] - wanted[i]) <= absolute + relative * largest)) { // so written, NaN fails
                throw new AssertionError(String.format(
                        "%s: element %d: expected %.12g but was %.12g (difference %.3g, largest element %.3g)",
                        name, i, wanted[i], values[i], Math.abs(values[i] - wanted[i]), largest));
            }
        }
    }
}

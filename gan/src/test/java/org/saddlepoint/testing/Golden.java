package org.saddlepoint.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.saddlepoint.io.SafeTensors;
import org.saddlepoint.tensor.Tensor;

/** Reads the files that the scripts of {@code src/test/python} wrote, and compares with them. */
public final class Golden {
    private Golden() {}

    /** Where a golden file lies. */
    public static Path path(String file) {
        URL url = Golden.class.getResource("/golden/" + file);
        if (url == null) {
            throw new IllegalStateException("there is no golden/" + file + "; run the scripts of src/test/python");
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All tensors of a golden file, in the current scope. */
    public static Map<String, Tensor> read(String file) {
        try {
            return SafeTensors.read(path(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The tensor of this name. */
    public static Tensor get(Map<String, Tensor> golden, String name) {
        Tensor tensor = golden.get(name);
        if (tensor == null) {
            throw new AssertionError("there is no golden tensor " + name);
        }
        return tensor;
    }

    /** The tensors whose names begin so, by the rest of their names. */
    public static Map<String, Tensor> under(Map<String, Tensor> golden, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        golden.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    /**
     * Requires equal names, and of each pair what {@link #requireClose} does.
     *
     * @throws AssertionError naming the first that differs
     */
    public static void requireAllClose(
            String what, Map<String, Tensor> actual, Map<String, Tensor> expected, double relative, double absolute) {
        if (expected.isEmpty() || !actual.keySet().equals(expected.keySet())) {
            throw new AssertionError(what + ": expected " + expected.keySet() + " but was " + actual.keySet());
        }
        expected.forEach(
                (name, value) -> requireClose(what + " " + name, get(actual, name), value, relative, absolute));
    }

    /**
     * Requires equal types and shapes, and of each element |actual − expected| ≤ absolute + relative · max |expected|.
     *
     * @throws AssertionError naming the first element that differs
     */
    public static void requireClose(String what, Tensor actual, Tensor expected, double relative, double absolute) {
        if (!actual.shape().equals(expected.shape()) || actual.dtype() != expected.dtype()) {
            throw new AssertionError(what + ": expected " + expected + " but was " + actual);
        }
        double[] wanted = expected.toDoubleArray();
        double[] values = actual.toDoubleArray();
        double largest = 0;
        for (double value : wanted) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < wanted.length; i++) {
            if (!(Math.abs(values[i] - wanted[i]) <= absolute + relative * largest)) { // so written, NaN fails
                throw new AssertionError(String.format(
                        "%s: element %d: expected %.12g but was %.12g (difference %.3g, largest element %.3g)",
                        what, i, wanted[i], values[i], Math.abs(values[i] - wanted[i]), largest));
            }
        }
    }
}

package org.saddlepoint.data;

/** Reads data sets for the tests. */
public final class Reading {
    private Reading() {}

    /** Reads at most 100 examples and all that is said of them; closes the data. */
    public static void all(Dataset opened) {
        try (Dataset data = opened) {
            float[] target = new float[data.shape().elements()];
            float[] vector = new float[data.vectorNames().size()];
            for (int i = 0; i < Math.min(data.size(), 100); i++) {
                try {
                    data.read(i, target, 0);
                } catch (DamagedExampleException e) {
                    requireOneLine(e.getMessage());
                }
                data.readVector(i, vector, 0);
                if (data.label(i).orElse(0) >= Math.max(1, data.classNames().size())) {
                    throw new AssertionError("a label without a name");
                }
            }
            data.skipped().forEach(skipped -> requireOneLine(skipped.toString()));
            data.fingerprint();
        }
    }

    private static void requireOneLine(String message) {
        if (message == null || message.lines().count() > 1) {
            throw new AssertionError("not one line: " + message);
        }
    }
}

package org.saddlepoint.evaluation;

import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.EmbeddedDatasets;
import org.saddlepoint.data.ImageFormat;
import org.saddlepoint.data.Subset;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** Digits, and sources that are no good. */
final class TestImages {
    static final Dataset DIGITS = EmbeddedDatasets.digits(ImageFormat.AS_STORED);

    private TestImages() {}

    /** Digits from an index on, at this step. */
    static Dataset digits(int start, int step, int count) {
        return new Subset(DIGITS, "some digits", IntStream.range(0, count).map(i -> start + step * i));
    }

    static Dataset digitsOfClass(int label, int count) {
        return new Subset(
                DIGITS,
                "digits " + label,
                IntStream.range(0, DIGITS.size())
                        .filter(i -> DIGITS.label(i).orElseThrow() == label)
                        .limit(count));
    }

    /** As many samples of this shape as are asked for, each made from its index. */
    static SampleSource made(IntFunction<float[]> sample, int... shape) {
        return new SampleSource() {
            private int next;

            @Override
            public String name() {
                return "made";
            }

            @Override
            public int[] shape() {
                return shape.clone();
            }

            @Override
            public int available() {
                return Integer.MAX_VALUE;
            }

            @Override
            public String weights() {
                return "last";
            }

            @Override
            public Tensor next(int count) {
                int elements = IntStream.of(shape).reduce(1, (a, b) -> a * b);
                float[] values = new float[count * elements];
                for (int i = 0; i < count; i++) {
                    System.arraycopy(sample.apply(next++), 0, values, i * elements, elements);
                }
                long[] sizes = new long[shape.length + 1];
                sizes[0] = count;
                for (int axis = 0; axis < shape.length; axis++) {
                    sizes[axis + 1] = shape[axis];
                }
                return Tensors.of(values, sizes);
            }
        };
    }
}

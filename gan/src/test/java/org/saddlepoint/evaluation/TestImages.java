package org.saddlepoint.evaluation;

import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Subset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;
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
        return made(sample, i -> 0, List.of(), shape);
    }

    /** The same with a class for each index, if there are names. */
    static SampleSource made(
            IntFunction<float[]> sample, IntUnaryOperator label, List<String> classNames, int... shape) {
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
            public List<String> classNames() {
                return classNames;
            }

            @Override
            public String labels() {
                return classNames.isEmpty() ? "" : "made";
            }

            @Override
            public Drawn next(int count) {
                List<Integer> labels = classNames.isEmpty()
                        ? List.of()
                        : IntStream.range(next, next + count).map(label).boxed().toList();
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
                return new Drawn(Tensors.of(values, sizes), labels);
            }
        };
    }
}

package org.saddlepoint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.saddlepoint.data.ExampleShape;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/**
 * One pass of samples through a generator. All passes have the same size, whatever they hold: libtorch chooses its kernels by
 * the size, and so the last bits of a sample depend on it, but not on the sample's place ({@link org.saddlepoint.tensor.EqualRows}) or on
 * the others. Free places hold the first sample again.
 */
final class SamplePass {
    /** Samples of a pass on a GPU, which would idle with fewer. */
    private static final int ON_GPU = 64;

    /** Most samples of a pass on a CPU, from which on more are hardly faster. */
    private static final int ON_CPU = 16;

    /** Pixels of a pass on a CPU: larger pictures keep all cores busy with fewer. */
    private static final int PIXELS = ON_CPU * 32 * 32;

    private record Part(SampleDraw draw, int from, int count) {}

    private final List<Part> parts = new ArrayList<>();
    private final int size;
    private int used;

    private SamplePass(int size) {
        this.size = size;
    }

    /** How many samples a pass has. */
    static int size(ExampleShape shape, Device device) {
        if (device.type() == Device.Type.CUDA) {
            return ON_GPU;
        }
        int[] sizes = shape.dimensions();
        int pixels = sizes.length < 3 ? 1 : sizes[1] * sizes[2];
        return Integer.highestOneBit(Math.max(1, Math.min(ON_CPU, PIXELS / pixels)));
    }

    /** The next samples of the first, and as many of those that go with it as there is room for. */
    static SamplePass of(List<SampleDraw> draws, int size) {
        SamplePass pass = new SamplePass(size);
        SampleDraw first = draws.get(0);
        for (SampleDraw draw : draws) {
            int count = Math.min(size - pass.used, draw.remaining());
            if (count > 0 && draw.goesWith(first)) {
                pass.parts.add(new Part(draw, draw.total() - draw.remaining(), count));
                pass.used += count;
            }
        }
        return pass;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** [size, latent size], in the current scope. */
    Tensor latents() {
        return Tensors.cat(
                padded().map(part -> part.draw().latents(part.from(), part.count()))
                        .toList(),
                0);
    }

    /** What each is asked to be, in the current scope. */
    Conditioning conditions(ConditionShape shape) {
        List<Conditioning> all = padded().map(part -> part.draw().conditions(shape, part.from(), part.count()))
                .toList();
        Conditioning first = all.get(0);
        return first.map(
                tensor -> Tensors.cat(all.stream().map(Conditioning::input).toList(), 0));
    }

    private Stream<Part> padded() {
        Part first = parts.get(0);
        Part filler = new Part(first.draw(), first.from(), 1);
        return Stream.concat(parts.stream(), Stream.generate(() -> filler).limit(size - used));
    }

    /** Gives each what was drawn for it, [size, …]. */
    void finish(float[] samples) {
        int offset = 0;
        for (Part part : parts) {
            part.draw().take(samples, offset, part.count());
            offset += part.count();
        }
    }
}

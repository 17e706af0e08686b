package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.Shape;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** What makes sample and condition into the sample of a discriminator without condition. */
abstract sealed class ConditionedSample extends NeuralModule {
    /** From x and y to that. */
    abstract Tensor code(Tensor x, Conditioning y);

    private static Tensor behind(Tensor x, Tensor more) {
        return Tensors.cat(List.of(x, more.to(x.dtype())), 1);
    }

    static final class Plain extends ConditionedSample {
        private final ConditionShape condition;
        private final int size;

        Plain(ConditionShape condition, int size) {
            this.condition = condition;
            this.size = size;
        }

        @Override
        Tensor code(Tensor x, Conditioning y) {
            Tensor numbers = condition.plain(y, x);
            return behind(
                    x,
                    x.shape().rank() == 2
                            ? numbers
                            : numbers.reshape(-1, size, 1, 1).expand(x.size(0), size, x.size(2), x.size(3)));
        }
    }

    static final class ImageChannels extends ConditionedSample {
        ImageChannels(Shape image, Shape sample) {
            if (sample.rank() != 3 || image.size(1) != sample.size(1) || image.size(2) != sample.size(2)) {
                throw new IllegalArgumentException("condition images that become channels must be as high and wide as"
                        + " the samples, but they are " + image + " and the samples " + sample);
            }
        }

        @Override
        Tensor code(Tensor x, Conditioning y) {
            return behind(x, ((Conditioning.Images) y).images());
        }
    }

    static final class EmbeddedChannel extends ConditionedSample {
        private final WeightLayer embedding;

        EmbeddedChannel(WeightLayer embedding) {
            this.embedding = child("embedding", embedding);
        }

        @Override
        Tensor code(Tensor x, Conditioning y) {
            Tensor pixels = embedding.forward(y.input());
            return behind(x, pixels.reshape(-1, 1, x.size(2), x.size(3)));
        }
    }

    static final class Embedded extends ConditionedSample {
        private final WeightLayer embedding;

        Embedded(WeightLayer embedding) {
            this.embedding = child("embedding", embedding);
        }

        @Override
        Tensor code(Tensor x, Conditioning y) {
            // Pixels in [0, 1], as fully connected networks see them where they stand alone.
            Tensor flat = x.shape().rank() == 4 ? x.flatten(1).add(1).mul(0.5) : x;
            return behind(flat, embedding.forward(y.input()));
        }
    }
}

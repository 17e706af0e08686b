package org.saddlepoint.models;

import java.util.List;
import org.saddlepoint.nn.NeuralModule;
import org.saddlepoint.nn.WeightLayer;
import org.saddlepoint.tensor.Functional;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.Tensors;

/** What makes latent and condition into the latent of a generator without condition. */
abstract sealed class ConditionedLatent extends NeuralModule {
    /** From z [N, …] and y to the latent of the network inside, [N, …]. */
    abstract Tensor code(Tensor z, Conditioning y);

    private static Tensor behind(Tensor z, Tensor more) {
        return Tensors.cat(List.of(z, more.to(z.dtype())), 1);
    }

    static final class Plain extends ConditionedLatent {
        private final ConditionShape condition;

        Plain(ConditionShape condition) {
            this.condition = condition;
        }

        @Override
        Tensor code(Tensor z, Conditioning y) {
            return behind(z, condition.plain(y, z));
        }
    }

    static final class Embedded extends ConditionedLatent {
        private final WeightLayer embedding;

        Embedded(WeightLayer embedding) {
            this.embedding = child("embedding", embedding);
        }

        @Override
        Tensor code(Tensor z, Conditioning y) {
            return behind(z, embedding.forward(y.input()));
        }
    }

    static final class Multiplied extends ConditionedLatent {
        private final WeightLayer embedding;

        Multiplied(WeightLayer embedding) {
            this.embedding = child("embedding", embedding);
        }

        @Override
        Tensor code(Tensor z, Conditioning y) {
            return z.mul(embedding.forward(y.input()));
        }
    }

    static final class Pooled extends ConditionedLatent {
        private final int block;

        /** @param block side of the squares whose mean is taken, in pixels */
        Pooled(int block) {
            this.block = block;
        }

        @Override
        Tensor code(Tensor z, Conditioning y) {
            Tensor images = ((Conditioning.Images) y).images();
            return behind(
                    z, Functional.avgPool2d(images, block, block, 0, false).flatten(1));
        }
    }
}

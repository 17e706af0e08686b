package org.saddlepoint.evaluation;

import java.util.List;
import org.saddlepoint.tensor.Tensor;
import org.saddlepoint.tensor.TensorScope;

/** An extractor of square images behind a resizing of the user's choice, in place of its own. */
public final class ResizedExtractor implements FeatureExtractor {
    private final FeatureExtractor inner;
    private final Resizing resizing;
    private final int side;

    /**
     * Owns the extractor from now on.
     *
     * @param side height and width that the extractor works on, in pixels
     */
    public ResizedExtractor(FeatureExtractor inner, Resizing resizing, int side) {
        this.inner = inner;
        this.resizing = resizing;
        this.side = side;
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public String fingerprint() {
        return inner.fingerprint();
    }

    @Override
    public int dimension() {
        return inner.dimension();
    }

    @Override
    public List<String> classNames() {
        return inner.classNames();
    }

    @Override
    public Output extract(Tensor images) {
        try (TensorScope scratch = TensorScope.open()) {
            Output output = inner.extract(resizing.resize(images, side, side));
            return new Output(scratch.promote(output.features()), scratch.promote(output.logits()));
        }
    }

    @Override
    public void close() {
        inner.close();
    }
}

package org.saddlepoint.models;

import java.util.Optional;
import org.saddlepoint.tensor.Tensor;

/**
 * A generator that maps its latent to styles w, one for each of its layers, and makes the sample of these alone (Karras et al.
 * 2019, "A Style-Based Generator Architecture for Generative Adversarial Networks").
 *
 * <pre>G(z) = g(f(z), …, f(z)),   w = f(z)</pre>
 */
public interface StyleGenerator extends Generator {
    /** How many layers have a style, L. */
    int styleLayers();

    /** Numbers of a style, W. */
    int styleSize();

    /**
     * The styles of latents, the same in all layers. In training it moves {@link #meanStyle}, and mixes styles where the settings
     * say so.
     *
     * @param latent z, [N, latent size]
     * @return [N, L, W]
     */
    Tensor styles(Tensor latent, Conditioning conditioning);

    /**
     * Samples of styles.
     *
     * @param styles [N, L, W]
     * @return [N, C, H, W]
     */
    Tensor synthesize(Tensor styles);

    /** The moving average of the styles that training made, [W]. */
    Tensor meanStyle();

    /**
     * Styles moved towards the mean (Karras et al. 2019, appendix B): samples become more usual, and less diverse.
     *
     * <pre>w̄ + ψ (w − w̄)</pre>
     *
     * @param styles w, [N, L, W]
     * @param psi ψ; 1 leaves them, 0 gives the mean
     */
    default Tensor truncated(Tensor styles, double psi) {
        return psi == 1 ? styles : styles.sub(meanStyle()).mul(psi).add(meanStyle());
    }

    /** {@link #truncated(Tensor, double)} by ψ that is itself a tensor, a scalar. */
    default Tensor truncated(Tensor styles, Tensor psi) {
        return styles.sub(meanStyle()).mul(psi).add(meanStyle());
    }

    @Override
    default Optional<StyleGenerator> byStyles() {
        return Optional.of(this);
    }
}

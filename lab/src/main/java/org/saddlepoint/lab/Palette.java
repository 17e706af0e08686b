package org.saddlepoint.lab;

import java.awt.Color;

/**
 * One colour for each method in all figures, and one each for data, generated samples and exact values.
 *
 * <p>The colours of the methods differ by at least 20 in CIE L*a*b*, for readers with protanopia or deuteranopia, too.
 */
enum Palette {
    /** The original game (Goodfellow et al. 2014). */
    GAN(0x2448E8),
    /** Its non-saturating loss, −log D. */
    NON_SATURATING(0x13B6FA),
    /** Least squares (Mao et al. 2017). */
    LSGAN(0x41AB46),
    /** Critics with clipped weights (Arjovsky et al. 2017). */
    WGAN(0xEE240F),
    /** Critics with a gradient penalty (Gulrajani et al. 2017). */
    WGAN_GP(0x0097B0),
    /** Spectral normalization (Miyato et al. 2018). */
    SN(0x96436D),
    /** Gradient normalization (Wu et al. 2021). */
    GN(0x590E9B),
    /** The penalty of gradients on real data (Mescheder et al. 2018). */
    R1(0xD9B900),

    /** Data: no method. */
    DATA(0x6B7280),
    /** Generated samples: no method. */
    GENERATED(0xF472B6),
    /** What theory says: no method. */
    EXACT(0x1F2937);

    private final Color color;

    Palette(int rgb) {
        color = new Color(rgb);
    }

    Color color() {
        return color;
    }

    /** A lighter shade, for a variant of the same method. */
    Color light() {
        return light(0.5);
    }

    /**
     * A lighter shade, for several variants of the same method.
     *
     * @param share of white, from 0 for the colour itself to 1
     */
    Color light(double share) {
        return new Color(mixed(color.getRed(), share), mixed(color.getGreen(), share), mixed(color.getBlue(), share));
    }

    /** A darker shade, for a variant of the same method. */
    Color dark() {
        return color.darker();
    }

    private static int mixed(int value, double share) {
        return (int) Math.round(value + share * (255 - value));
    }
}

package org.saddlepoint.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Colours as they are, and as readers with protanopia or deuteranopia see them (Machado et al. 2009, severity 1). */
class PaletteTest {
    private static final List<Palette> METHODS = List.of(
            Palette.GAN,
            Palette.NON_SATURATING,
            Palette.LSGAN,
            Palette.WGAN,
            Palette.WGAN_GP,
            Palette.SN,
            Palette.GN,
            Palette.R1);

    private static final List<double[][]> SIGHTS = List.of(
            new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
            new double[][] {
                {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
            },
            new double[][] {
                {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
            });

    private static final double[][] XYZ = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}
    };

    @Test
    void methodsAreToldApart() {
        for (double[][] sight : SIGHTS) {
            for (Palette one : METHODS) {
                for (Palette other : METHODS) {
                    if (one != other) {
                        double apart = Plane.norm(Plane.minus(lab(one.color(), sight), lab(other.color(), sight)));
                        assertThat(apart).as(one + " and " + other).isGreaterThan(20);
                    }
                }
            }
        }
    }

    @Test
    void methodsAreReadableOnWhite() {
        METHODS.forEach(each -> assertThat(lab(each.color(), SIGHTS.get(0))[0])
                .as("lightness of " + each)
                .isLessThan(78));
    }

    @Test
    void shadesGoToWhite() {
        assertThat(Palette.GAN.light(0)).isEqualTo(Palette.GAN.color());
        assertThat(Palette.GAN.light(1)).isEqualTo(Color.WHITE);
    }

    /** CIE L*a*b* under daylight, D65. */
    private static double[] lab(Color color, double[][] sight) {
        double[] linear = {linear(color.getRed()), linear(color.getGreen()), linear(color.getBlue())};
        double[] seen = Series.map(times(sight, linear), value -> Math.min(1, Math.max(0, value)));
        double[] xyz = times(XYZ, seen);
        double[] f = {root(xyz[0] / 0.95047), root(xyz[1]), root(xyz[2] / 1.08883)};
        return new double[] {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
    }

    private static double linear(int value) {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static double root(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[matrix.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = Plane.dot(matrix[i], vector);
        }
        return product;
    }
}

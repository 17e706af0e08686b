package org.saddlepoint.plot;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MethodColoursTest {
    /** Rows of Machado, Oliveira and Fernandes (2009), table 1, severity 1, on linear RGB. */
    private static final Map<String, double[][]> VISION = Map.of(
            "normal", new double[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
            "protanopia",
                    new double[][] {
                        {0.152286, 1.052583, -0.204868},
                        {0.114503, 0.786281, 0.099216},
                        {-0.003882, -0.048116, 1.051998}
                    },
            "deuteranopia",
                    new double[][] {
                        {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                    },
            "tritanopia",
                    new double[][] {
                        {1.255528, -0.076749, -0.178779},
                        {-0.078411, 0.930809, 0.147602},
                        {0.004733, 0.691367, 0.303900}
                    });

    @Test
    void everyKindOfVisionTellsTheMethodsApart() {
        VISION.forEach((name, matrix) -> {
            List<double[]> seen = MethodColours.METHODS.stream()
                    .map(method -> lab(MethodColours.of(method), matrix))
                    .toList();
            for (int i = 0; i < seen.size(); i++) {
                for (int j = 0; j < i; j++) {
                    assertThat(distance(seen.get(i), seen.get(j)))
                            .as("%s: %s and %s", name, MethodColours.METHODS.get(i), MethodColours.METHODS.get(j))
                            .isGreaterThan(28);
                }
            }
        });
    }

    @Test
    void everyColourIsSeenOnWhite() {
        for (String method : MethodColours.METHODS) {
            assertThat(lab(MethodColours.of(method), VISION.get("normal"))[0])
                    .as("lightness of " + method)
                    .isBetween(10.0, 77.0);
        }
    }

    @Test
    void spellingsAndRecipesOfOneMethodHaveOneColour() {
        Color penalty = MethodColours.of("wgan-gp");
        assertThat(List.of("WGAN-GP", "wgan_gp", "wgan-gp-points", "wgan-gp-conditional", "gradient penalty"))
                .allMatch(word -> MethodColours.of(word).equals(penalty));
        assertThat(MethodColours.of("SN-GAN")).isEqualTo(MethodColours.of("sngan"));
        assertThat(MethodColours.of("dcgan-quick")).isEqualTo(MethodColours.of("gan"));
        assertThat(MethodColours.of("wgan")).isNotEqualTo(penalty);
    }

    @Test
    void anUnknownNameHasAStableColourOfItsOwn() {
        assertThat(MethodColours.of("my-own-gan")).isEqualTo(MethodColours.of("My own GAN"));
        assertThat(MethodColours.of("my-own-gan")).as("for ever").isEqualTo(new Color(0x59579E));
        assertThat(MethodColours.METHODS.stream().map(MethodColours::of))
                .doesNotContain(MethodColours.of("my-own-gan"));
        assertThat(List.of("fgan-kl", "fgan-js", "fgan-pearson", "acgan", "gan-noise", "gngan-cr").stream()
                        .map(MethodColours::of)
                        .distinct())
                .hasSize(6);
    }

    private static double[] lab(Color color, double[][] vision) {
        double[] linear = IntStream.of(color.getRed(), color.getGreen(), color.getBlue())
                .mapToDouble(level -> level / 255.0)
                .map(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
                .toArray();
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double sum = vision[i][0] * linear[0] + vision[i][1] * linear[1] + vision[i][2] * linear[2];
            seen[i] = Math.max(0, Math.min(1, sum));
        }
        double x = root((0.4124564 * seen[0] + 0.3575761 * seen[1] + 0.1804375 * seen[2]) / 0.95047);
        double y = root(0.2126729 * seen[0] + 0.7151522 * seen[1] + 0.0721750 * seen[2]);
        double z = root((0.0193339 * seen[0] + 0.1191920 * seen[1] + 0.9503041 * seen[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double root(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, 3)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }
}

package org.saddlepoint.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.models.GeneratorConfig;
import org.saddlepoint.models.TranslatorConfig;
import org.saddlepoint.tensor.LeakCheck;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.testing.MainClasses;
import org.saddlepoint.testing.OneThread;

/** Every family of generators and translators, exported and run in ONNX Runtime. */
@ExtendWith({LeakCheck.class, OneThread.class})
class FamiliesTest {
    /** Where models are kept for other checkers, such as {@code check_models.py} beside this class; none by default. */
    private static final String FOLDER = System.getProperty("saddlepoint.onnx.models", "");

    static List<Families.Case> all() {
        return Families.all();
    }

    @Test
    void everyFamilyIsListed() {
        List<Class<?>> expected = new ArrayList<>(MainClasses.implementationsOf(GeneratorConfig.class));
        expected.addAll(MainClasses.implementationsOf(TranslatorConfig.class));
        expected.removeIf(family -> !family.getPackageName().equals(GeneratorConfig.class.getPackageName()));
        assertThat(all().stream()
                        .<Class<?>>map(each -> each.family().getClass())
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** With 1, 7 and 64 samples, and translators with pictures of several sizes that are no squares. */
    @ParameterizedTest
    @MethodSource("all")
    void onnxRuntimeComputesTheSame(Families.Case family) throws IOException {
        CheckedModel model = export(family, Precision.FLOAT32);
        assertThat(model.difference().largest()).isBetween(0.0, 1e-5);
        assertThat(model.difference().samples()).isGreaterThan(1);
        if (!FOLDER.isEmpty()) {
            Files.createDirectories(Path.of(FOLDER));
            Files.write(Path.of(FOLDER, family.name().replaceAll("\\W+", "-") + ".onnx"), model.bytes());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void halfPrecisionIsNearAndHalfAsLarge(Families.Case family) {
        CheckedModel full = export(family, Precision.FLOAT32);
        CheckedModel half = export(family, Precision.FLOAT16);
        assertThat(half.difference().mean()).isBetween(1e-7, 5e-3);
        assertThat(half.difference().largest()).isGreaterThan(full.difference().largest());
    }

    /** Differences of networks that were trained are smaller; these have weights that nothing has tuned. */
    @ParameterizedTest
    @MethodSource("all")
    void eightBitsAreNear(Families.Case family) throws IOException {
        CheckedModel model = export(family, Precision.INT8);
        assertThat(model.difference().mean()).isBetween(1e-7, 0.05);
        if (!FOLDER.isEmpty()) {
            Files.write(Path.of(FOLDER, family.name().replaceAll("\\W+", "-") + "-int8.onnx"), model.bytes());
        }
    }

    private static CheckedModel export(Families.Case family, Precision precision) {
        try (RandomGenerator random = new RandomGenerator(3)) {
            try (Families.Made made = family.create().apply(random)) {
                return CheckedModel.of(
                        made.computation(),
                        OnnxOptions.of(precision, OnnxOptions.Noise.CONSTANT),
                        Map.of("family", family.name()));
            }
        }
    }
}

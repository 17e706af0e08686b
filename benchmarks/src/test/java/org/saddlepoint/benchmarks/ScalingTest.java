package org.saddlepoint.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.benchmarks.DcganSize.Knob;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.training.Precision;

class ScalingTest {
    @Test
    void aPowerIsFoundExactly() {
        PowerLaw law = PowerLaw.of(List.of(1.0, 2.0, 4.0), List.of(3.0, 12.0, 48.0));
        assertThat(law.exponent()).isCloseTo(2, within(1e-12));
        assertThat(law.factor()).isCloseTo(3, within(1e-12));
        assertThat(law.standardError()).isCloseTo(0, within(1e-12));
        assertThat(law.at(8)).isCloseTo(192, within(1e-9));
    }

    /** In units of log 2: x 0, 1, 2 and y 0, 2, 1; slope ½, residuals −½, 1, −½, so the error is √(3/2 / 1 / 2). */
    @Test
    void theErrorIsThatOfTheSlope() {
        PowerLaw law = PowerLaw.of(List.of(1.0, 2.0, 4.0), List.of(1.0, 4.0, 2.0));
        assertThat(law.exponent()).isCloseTo(0.5, within(1e-12));
        assertThat(law.standardError()).isCloseTo(Math.sqrt(0.75), within(1e-12));
    }

    @Test
    void fewPointsHaveNoErrorAndOneHasNoFit() {
        assertThat(PowerLaw.of(List.of(1.0, 2.0), List.of(1.0, 3.0)).standardError())
                .isNull();
        assertThat(PowerLaw.of(List.of(2.0), List.of(3.0))).isNull();
    }

    @Test
    void eachSizeIsVariedAlone(@TempDir Path temp) {
        int before = Engine.threads();
        List<String> said = new ArrayList<>();
        Scaling.Plan plan = new Scaling.Plan(
                new DcganSize(2, 2, 8, 1),
                Map.of(Knob.BATCH, List.of(1, 3), Knob.SIDE, List.of(8, 16), Knob.THREADS, List.of(1)),
                1,
                1e-3,
                Precision.FLOAT32);
        List<Scaling> all = Scaling.measure(plan, said::add);
        assertThat(all).extracting(Scaling::knob).containsExactly("batch", "side", "threads");
        assertThat(all.get(0).points()).extracting(Scaling.Point::value).containsExactly(1, 3);
        assertThat(all.get(1).points().get(1).secondsPerStep().median()).isPositive();
        assertThat(all.get(2).fit()).isNull();
        assertThat(said).contains("warming up side 16", "batch: round 1 of 1");
        assertThat(Engine.threads()).isEqualTo(before);
        Path png = temp.resolve("scaling.png");
        ScalingFigure.write(all, png, temp.resolve("scaling.svg"));
        assertThat(png).isNotEmptyFile();
        assertThat(temp.resolve("scaling.svg")).isNotEmptyFile();
    }

    @Test
    void aSizeIsChangedInOnePlace() {
        DcganSize size = new DcganSize(1, 2, 8, 4);
        assertThat(size.with(Knob.BATCH, 9)).isEqualTo(new DcganSize(9, 2, 8, 4));
        assertThat(size.with(Knob.WIDTH, 9)).isEqualTo(new DcganSize(1, 9, 8, 4));
        assertThat(size.with(Knob.SIDE, 9)).isEqualTo(new DcganSize(1, 2, 9, 4));
        assertThat(size.with(Knob.THREADS, 9)).isEqualTo(new DcganSize(1, 2, 8, 9));
    }
}

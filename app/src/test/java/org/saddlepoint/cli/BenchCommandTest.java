package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.saddlepoint.benchmarks.BenchmarkReport;
import org.saddlepoint.benchmarks.BenchmarkReport.Spread;
import org.saddlepoint.benchmarks.DcganSize;
import org.saddlepoint.benchmarks.Method;
import org.saddlepoint.benchmarks.PowerLaw;
import org.saddlepoint.benchmarks.Scaling;
import org.saddlepoint.benchmarks.StepProfile;
import org.saddlepoint.benchmarks.scale.CostModel;
import org.saddlepoint.benchmarks.scale.Line;
import org.saddlepoint.benchmarks.scale.ScaleReport;
import org.saddlepoint.tensor.LeakCheck;

@ExtendWith(LeakCheck.class)
class BenchCommandTest {
    @Test
    void aMethodIsMeasuredWithItsBaseline() {
        Cli.Result result = Cli.run(
                "bench",
                "--method",
                "GNGAN",
                "--rounds",
                "1",
                "--seconds",
                "0.02",
                "--python",
                "no-such-python",
                "--threads",
                "1",
                "--json");
        assertThat(result.code()).isZero();
        assertThat(result.err()).contains("warming up gngan", "round 1 of 1");
        JsonNode report = result.json().get(0);
        assertThat(report.get("peerAbsence").asText()).contains("no-such-python");
        assertThat(report.get("baseline").asText()).isEqualTo("non-saturating-no-norm");
        assertThat(report.get("steps")).hasSize(4); // two methods at two sizes
        assertThat(report.at("/steps/1/method").asText()).isEqualTo("gngan");
        assertThat(report.at("/steps/1/multiple/median").asDouble()).isPositive();
        assertThat(report.at("/steps/1/generatorMultiple/median").asDouble()).isPositive();
        assertThat(report.at("/steps/1/limit/share").asDouble()).isPositive();
        assertThat(report.at("/steps/1/memory").isNull())
                .as("memory was not asked for")
                .isTrue();
    }

    @Test
    void slowArithmeticIsRefused() {
        BenchCommand.requireFast(1.5);
        assertThatThrownBy(() -> BenchCommand.requireFast(25))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("25.0 times as long");
    }

    @Test
    void allMethodsAreTheDefaultAndOthersAreRefused() {
        assertThat(BenchCommand.Methods.named("all").values())
                .containsExactly(Method.NON_SATURATING, Method.WGAN_GP, Method.GNGAN);
        assertThat(BenchCommand.Methods.named("cyclegan-small,ring8").values())
                .containsExactly(Method.CYCLEGAN_SMALL, Method.RING8);
        Cli.Result refused = Cli.run("bench", "--method", "wgan");
        assertThat(refused.code()).isEqualTo(Failures.USAGE);
        assertThat(refused.err()).contains("'wgan'", "wgan-gp", "all").hasLineCount(1);
    }

    @Test
    void scaleIsPrinted() {
        Spread seconds = new Spread(0.5, 0.4, 0.6);
        CostModel sums = new CostModel(1e-5, 1e-9);
        ScaleReport report = new ScaleReport(
                2,
                sums,
                List.of(new CostModel.Probe(2, 1_000_000, 0.002)),
                List.of(new ScaleReport.Measured(
                        "dcgan",
                        32,
                        2e6,
                        3,
                        new Line(0.1, 0.01),
                        new Spread(1.25, 1, 1.5),
                        List.of(
                                new ScaleReport.Setting(1, 2, 32, seconds, new Spread(0, 0, 0), null),
                                new ScaleReport.Setting(2, 1, 32, seconds, new Spread(0.1, 0.05, 0.2), 0.45)))),
                List.of(new ScaleReport.Drawn("dcgan", "10 Gbit/s", List.of(1.0, 0.875), 0.875)));
        assertThat(ScaleLines.of(report))
                .containsExactly(
                        "sums between processes of this machine (2 cores): latency 10.0 us, 1.00 GB/s",
                        "  2 ranks,   1,000,000 bytes:     2.000 ms, model     1.020 ms",
                        "dcgan, batches of 32: 2.0 MB in 3 sums a step; one core: 100.0 ms + 10.00 ms an example",
                        "  1 x 2 threads, batch 32  500.00 (400.00 to 600.00) ms a step",
                        "  2 x 1 threads, batch 32  500.00 (400.00 to 600.00) ms a step, in sums 10.00 (5.00 to 20.00) %,"
                                + " model 450.0 ms",
                        "  2 processes x 1 thread are 1.25 (1.00 to 1.50) times as fast as 1 process x 2 threads",
                        "efficiency of 1, 2, 4, ... 1024 ranks by the model, each with the batch of one:",
                        "  dcgan; 10 Gbit/s: 1.000 0.875; to 64 at least 0.875 per doubling");
        assertThat(Cli.run("bench", "--scale", "--profile").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void ratiosAndMultiplesArePrinted() {
        Spread two = new Spread(2, 1.5, 3);
        Spread images = new Spread(1234.4, 1000, 1500);
        BenchmarkReport.Comparison defaults = new BenchmarkReport.Comparison(images, two, null);
        BenchmarkReport.Comparison best = new BenchmarkReport.Comparison(images, new Spread(1, 0.5, 1.5), null);
        BenchmarkReport.Limit limit = new BenchmarkReport.Limit(12.3e9, 95.4e9, 0.713);
        BenchmarkReport.Memory memory = new BenchmarkReport.Memory(512 * 1024L, 2048 * 1024L, null);
        BenchmarkReport report = new BenchmarkReport(
                "bfloat16",
                2,
                "2.10.0",
                new BenchmarkReport.Peer("2.15.0", 2),
                null,
                "non-saturating-no-norm",
                List.of(
                        new BenchmarkReport.Step(
                                "non-saturating", 4, 9, images, defaults, best, null, null, limit, memory),
                        new BenchmarkReport.Step("wgan-gp", 64, 9, images, null, null, two, two, limit, null),
                        new BenchmarkReport.Step(
                                "cyclegan",
                                1,
                                1,
                                new Spread(0.0625, 0.05, 0.07),
                                null,
                                null,
                                null,
                                null,
                                limit,
                                new BenchmarkReport.Memory(1_500_000L, null, null))));
        String limited = "          12.3 GFLOP a step at 71 % of the best rate of its products, 95.4 GFLOP/s";
        assertThat(BenchmarkLines.of(report))
                .containsExactly(
                        "Saddlepoint: libtorch 2.10.0, bfloat16, 2 threads",
                        "PyTorch: 2.15.0, bfloat16, 2 threads",
                        "batch 4   non-saturating          1,234 images/s, PyTorch  1,234, ratio 2.00 (1.50 to 3.00);"
                                + " at its best  1,234, ratio 1.00 (0.50 to 1.50)",
                        limited,
                        "          memory at most 512 MiB, PyTorch 2,048 MiB; at its best unknown",
                        "batch 64  wgan-gp                 1,234 images/s",
                        "          step 2.00 (1.50 to 3.00) times non-saturating-no-norm,"
                                + " generator's update 2.00 (1.50 to 3.00) times",
                        limited,
                        "batch 1   cyclegan                 0.06 images/s",
                        limited,
                        "          memory at most 1,465 MiB");
    }

    @Test
    void scalingIsATableWithItsPower() {
        Spread first = new Spread(0.010, 0.009, 0.012);
        Scaling scaling = new Scaling(
                "batch",
                new DcganSize(16, 64, 32, 2),
                List.of(new Scaling.Point(1, first), new Scaling.Point(256, new Spread(1.5, 1.4, 1.6))),
                new PowerLaw(0.904, 0.02, 0.010));
        assertThat(BenchmarkLines.of(scaling))
                .containsExactly(
                        "cost of a step against batch: batch^0.90, standard error 0.02",
                        "      1      10.00 ms (9.00 to 12.00)",
                        "    256    1500.00 ms (1400.00 to 1600.00)");
    }

    @Test
    void aProfileIsATableByTime() {
        StepProfile profile = new StepProfile(
                "ring8",
                256,
                0.010,
                List.of(
                        new StepProfile.Operation("grad", 11, 0.006),
                        new StepProfile.Operation("linear", 60, 0.003),
                        new StepProfile.Operation("add", 3, 0.00005)));
        assertThat(BenchmarkLines.of(profile))
                .containsExactly(
                        "batch 256 ring8: 10.00 ms a step",
                        "  operation               calls a step   ms a step   share",
                        "  grad                            11.0        6.00   60.0%",
                        "  linear                          60.0        3.00   30.0%",
                        "  all others                       3.0        0.05    0.5%",
                        "  outside operations                          0.95    9.5%");
    }

    @Test
    void badWordsOfQualityAreRefusedInOneLine() {
        assertRefused("need --quality", "--minutes", "2");
        assertRefused("need --quality", "--recipes", "cdcgan");
        assertRefused(
                "expected one of pytorch-dcgan, pytorch-dcgan-32, pytorch-wgan-gp", "--quality", "--peers", "torch");
        assertRefused("unknown recipe \"nosuch\"", "--quality", "--recipes", "nosuch");
        assertRefused("--minutes must be > 0", "--quality", "--minutes", "0");
        assertRefused("--seeds must be >= 1", "--quality", "--seeds", "0");
        assertRefused("--points must be >= 1", "--quality", "--points", "0");
    }

    private static void assertRefused(String message, String... words) {
        List<String> all = new java.util.ArrayList<>(List.of("bench"));
        all.addAll(List.of(words));
        Cli.Result result = Cli.run(all.toArray(String[]::new));
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.err()).contains(message).hasLineCount(1);
    }
}

package org.saddlepoint.benchmarks;

import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.StepReport;

/** Time of one step of the {@link DcganWorkload}: an update of the discriminator and one of the generator. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Dorg.bytedeco.javacpp.maxPhysicalBytes=0", "-Dorg.bytedeco.javacpp.maxBytes=0"})
public class AdversarialStepBenchmark {
    /** What the step trains by. */
    @Param({"NON_SATURATING", "NON_SATURATING_NO_NORM", "WGAN_GP", "GNGAN"})
    public Method method = Method.NON_SATURATING;

    /** Real images a step. */
    @Param({"4", "64"})
    public int batchSize;

    /** Arithmetic of the forward passes. */
    @Param({"FLOAT32", "BFLOAT16"})
    public Precision precision = Precision.FLOAT32;

    private @org.jspecify.annotations.Nullable Workload workload;

    /** Builds the networks. */
    @Setup
    public void open() {
        workload = method.open(batchSize, BenchmarkConfig.DEFAULT.withPrecision(precision), 1);
    }

    /** One step. */
    @Benchmark
    public StepReport step() {
        return java.util.Objects.requireNonNull(workload).step();
    }

    /** The update of the generator in it, alone. */
    @Benchmark
    public OptionalDouble generatorUpdate() {
        return java.util.Objects.requireNonNull(workload).generatorSeconds(1);
    }

    /** Frees the networks. */
    @TearDown
    public void close() {
        java.util.Objects.requireNonNull(workload).close();
    }
}

package org.saddlepoint.studio.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** What a server did, for Prometheus. */
final class ServeMetrics implements AutoCloseable {
    private static final String MODEL = "model";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    ServeMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Shows a number of a model, as it is when it is asked for. */
    void watch(String name, String help, String model, Supplier<Number> value) {
        Gauge.builder("saddlepoint." + name, value)
                .description(help)
                .tag(MODEL, model)
                .register(registry);
    }

    /** Shows a number of the server. */
    void watch(String name, String help, Supplier<Number> value) {
        Gauge.builder("saddlepoint." + name, value).description(help).register(registry);
    }

    /** Counts the passes of a model, and the samples of each. */
    IntConsumer passes(String model) {
        DistributionSummary passes = DistributionSummary.builder("saddlepoint.pass.samples")
                .description("Samples that went through the network together")
                .tag(MODEL, model)
                .register(registry);
        return passes::record;
    }

    /** Counts a request that was answered. */
    void answered(String model, String operation, int status, Duration took) {
        Timer.builder("saddlepoint.requests")
                .description("From the header of a request to the end of its answer")
                .tag(MODEL, model)
                .tag("operation", operation)
                .tag("status", Integer.toString(status))
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(registry)
                .record(took);
    }

    /** Counts checkpoints that replaced older ones. */
    void reloaded(String model) {
        Counter.builder("saddlepoint.reloads")
                .description("Newer checkpoints that were opened")
                .tag(MODEL, model)
                .register(registry)
                .increment();
    }

    /** All, in the text format of Prometheus. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}

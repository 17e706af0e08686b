package org.saddlepoint.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The metrics that users registered, behind those that come with Saddlepoint. Safe for use by several threads. */
final class OwnMetrics {
    private static final Pattern WORD = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private volatile List<Metric> registered = List.of();
    private volatile boolean extended;

    /** Adds one. */
    synchronized void add(Metric metric) {
        String given = "the word \"" + metric.word() + "\" for the metric " + nameOf(metric);
        require(
                WORD.matcher(metric.word()).matches(),
                given + " must be of lower-case letters, digits and single dashes");
        List<Metric> known =
                Stream.concat(Metrics.ALL.stream(), registered.stream()).toList();
        if (known.contains(metric)) {
            return;
        }
        List<String> names = Metrics.names(List.of(metric));
        for (Metric other : known) {
            require(!other.word().equals(metric.word()), given + " is taken, by " + nameOf(other));
            Metrics.names(List.of(other))
                    .forEach(name -> require(
                            !names.contains(name),
                            "the metric " + nameOf(metric) + " calls a number \"" + name + "\", as " + nameOf(other)
                                    + " does; give it another name"));
        }
        List<Metric> more = new ArrayList<>(registered);
        more.add(metric);
        registered = List.copyOf(more);
    }

    private static String nameOf(Metric metric) {
        return metric.getClass().getName();
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new EvaluationException(message);
        }
    }

    /** These, and behind them those that were registered. */
    List<Metric> behind(List<Metric> first) {
        if (!extended) {
            extend();
        }
        List<Metric> own = registered;
        return own.isEmpty()
                ? first
                : Stream.concat(first.stream(), own.stream()).toList();
    }

    private synchronized void extend() {
        if (!extended) {
            load(ServiceLoader.load(Metric.class));
            extended = true;
        }
    }

    /** Registers all of these; errors say where they come from. */
    void load(ServiceLoader<Metric> metrics) {
        try {
            metrics.forEach(this::add);
        } catch (ServiceConfigurationError e) {
            throw new EvaluationException("a metric on the class path cannot be loaded: " + e.getMessage(), e);
        }
    }
}

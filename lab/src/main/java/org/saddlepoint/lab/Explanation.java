package org.saddlepoint.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The long text of an experiment: Markdown beside its class, {@code <Class>.md}, where {@code {name}} is a setting. */
final class Explanation {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private Explanation() {}

    /**
     * Reads it and fills in the settings.
     *
     * @throws IllegalStateException if there is no such file, or it speaks of a setting that the experiment has not
     */
    static String of(Experiment experiment) {
        String file = experiment.getClass().getSimpleName() + ".md";
        Map<String, Object> settings = ExperimentSettings.of(experiment).stream()
                .collect(Collectors.toMap(ExperimentSettings.Value::name, ExperimentSettings.Value::value));
        return PLACEHOLDER.matcher(read(experiment.getClass(), file)).replaceAll(found -> {
            Object value = settings.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException(file + " speaks of " + found.group() + ", but the settings are "
                        + settings.keySet().stream().sorted().toList());
            }
            return Matcher.quoteReplacement(value.toString());
        });
    }

    private static String read(Class<?> type, String file) {
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(
                        type.getName() + " has no explanation: " + file + " is missing beside it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}

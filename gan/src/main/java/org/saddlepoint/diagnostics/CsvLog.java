package org.saddlepoint.diagnostics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.RunException;

/**
 * A log of another program: comma separated, with a header, one line a step.
 *
 * @param signals its losses
 * @param notes what could not be read, in sentences
 */
public record CsvLog(Signals signals, List<String> notes) {
    private static final int MOST_BYTES = 1 << 28;
    private static final Map<String, List<String>> USUAL = Map.of(
            "step", List.of("step", "iteration", "iter", "steps", "kimg", "epoch"),
            "d", List.of("d_loss", "dloss", "loss_d", "discriminatorLoss", "d", "critic_loss"),
            "g", List.of("g_loss", "gloss", "loss_g", "generatorLoss", "g"));

    public CsvLog {
        notes = List.copyOf(notes);
    }

    /**
     * Reads the losses of another program from a CSV file.
     *
     * @param columns names of the columns of {@code step}, {@code d} and {@code g}; usual names are found without
     * @param critic whether D's loss has no bound, as of Wasserstein objectives
     * @throws RunException if it cannot be read, has no losses, or lacks a named column; names what there is
     */
    public static CsvLog read(Path file, Map<String, String> columns, boolean critic) {
        List<String> lines;
        try {
            lines = new String(InputFiles.bytes(file, MOST_BYTES), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
        if (lines.isEmpty()) {
            throw new RunException(file + " is empty; expected a header and one line a step");
        }
        List<String> header = Arrays.stream(lines.get(0).split(",", -1))
                .map(cell -> cell.strip().replaceAll("^\"|\"$", ""))
                .toList();
        Map<String, Integer> at = new LinkedHashMap<>();
        for (String role : List.of("step", "d", "g")) {
            column(file, header, role, columns).ifPresent(index -> at.put(role, index));
        }
        if (!at.containsKey("d") && !at.containsKey("g")) {
            throw new RunException(file + " has no column of losses that is known; its columns are "
                    + String.join(", ", header) + "; name them with --columns step=…,d=…,g=…");
        }
        return new Reader(file, lines.subList(1, lines.size()), at).read(critic);
    }

    private static Optional<Integer> column(Path file, List<String> header, String role, Map<String, String> columns) {
        String named = columns.get(role);
        if (named != null) {
            int index = header.indexOf(named);
            if (index < 0) {
                throw new RunException(
                        file + " has no column " + named + "; its columns are " + String.join(", ", header));
            }
            return Optional.of(index);
        }
        return USUAL.getOrDefault(role, List.of()).stream()
                .map(usual -> index(header, usual))
                .filter(index -> index >= 0)
                .findFirst();
    }

    private static int index(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Reads lines of numbers. */
    private static final class Reader {
        private final Path file;
        private final List<String> lines;
        private final Map<String, Integer> at;
        private final List<String> notes = new ArrayList<>();
        private int unreadable;
        private long notFinite;
        private long firstNotFinite = -1;

        Reader(Path file, List<String> lines, Map<String, Integer> at) {
            this.file = file;
            this.lines = lines;
            this.at = at;
        }

        CsvLog read(boolean critic) {
            Series d = series("d");
            Series g = series("g");
            if (d.isEmpty() && g.isEmpty()) {
                throw new RunException(file + " has no line with a loss; expected numbers below its header");
            }
            if (!at.containsKey("step")) {
                notes.add("There is no column of steps; lines are counted from 1.");
            }
            if (unreadable > 0) {
                notes.add(unreadable + " values are no numbers and were left out.");
            }
            Optional<Signals.Failure> failure = Optional.empty();
            if (notFinite > 0) {
                notes.add(notFinite + " losses are NaN or infinite, the first at step " + firstNotFinite + ".");
                boolean ends = !Double.isFinite(d.isEmpty() ? g.last() : d.last());
                failure = ends
                        ? Optional.of(new Signals.Failure(firstNotFinite, "a loss is NaN or infinite to the end"))
                        : Optional.empty();
            }
            Facts facts = Facts.UNKNOWN.asCritic(critic);
            return new CsvLog(new Signals(facts, List.of(), d, g, failure), notes);
        }

        private Series series(String role) {
            Integer column = at.get(role);
            List<Long> steps = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            for (int i = 0; column != null && i < lines.size(); i++) {
                String[] cells = lines.get(i).split(",", -1);
                String cell = column < cells.length ? cells[column].strip() : "";
                Optional<Double> value = number(cell);
                Optional<Double> step = step(cells, i);
                if (value.isEmpty() || step.isEmpty()) {
                    unreadable += cell.isEmpty() ? 0 : 1;
                    continue;
                }
                long whole = Math.round(step.get());
                if (!Double.isFinite(value.get())) {
                    notFinite++;
                    firstNotFinite = firstNotFinite < 0 ? whole : Math.min(firstNotFinite, whole);
                }
                if (steps.isEmpty() || steps.get(steps.size() - 1) < whole) {
                    steps.add(whole);
                    values.add(value.get());
                }
            }
            return Series.of(
                    steps.stream().mapToLong(Long::longValue).toArray(),
                    values.stream().mapToDouble(Double::doubleValue).toArray());
        }

        private Optional<Double> step(String[] cells, int line) {
            Integer column = at.get("step");
            if (column == null) {
                return Optional.of(line + 1.0);
            }
            return column < cells.length ? number(cells[column].strip()).filter(Double::isFinite) : Optional.empty();
        }

        private static Optional<Double> number(String cell) {
            try {
                return cell.isEmpty() ? Optional.empty() : Optional.of(Double.parseDouble(words(cell)));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        /** NaN and infinity as other programs write them. */
        private static String words(String cell) {
            return switch (cell.toLowerCase(java.util.Locale.ROOT)) {
                case "nan", "-nan" -> "NaN";
                case "inf", "+inf", "infinity" -> "Infinity";
                case "-inf", "-infinity" -> "-Infinity";
                default -> cell;
            };
        }
    }
}

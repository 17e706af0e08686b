package org.saddlepoint.events;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.run.AtomicFiles;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;

/**
 * A run as TensorBoard's event files, made of what is in the run's folder: scalars of {@code metrics.jsonl}, {@code
 * evaluations.jsonl} and {@code diagnosis.jsonl}, learning rates, and the sheets of samples as images. As it follows files, it
 * also writes what happened before it began.
 *
 * <p>Each session of a training adds a file. Where a training goes back, to a checkpoint or after a kill, the next file says
 * so, and TensorBoard forgets what is void. Not thread-safe.
 */
public final class RunEvents implements AutoCloseable {
    private static final String PICTURES = "samples";

    private final RunFolder run;
    private final Clock clock;
    private final RunNumbers numbers;
    private final EventFile file;
    private boolean nothingBefore;
    private long sheet = -1;

    /**
     * Begins an event file.
     *
     * @param target folder for it, made if it is missing
     * @param rates the planned learning rates at a step, by player
     * @throws RunException if it cannot be written
     */
    public RunEvents(RunFolder run, Path target, LongFunction<Map<String, Double>> rates) {
        this(run, target, rates, Clock.systemUTC());
    }

    RunEvents(RunFolder run, Path target, LongFunction<Map<String, Double>> rates, Clock clock) {
        this.run = run;
        this.clock = clock;
        this.numbers = new RunNumbers(run, rates);
        int before = files(target);
        this.nothingBefore = before == 0;
        this.file = new EventFile(target.resolve(name(clock.millis() / 1000, before)));
        file.add(List.of(Event.version(seconds())));
    }

    /**
     * The training begins or goes on after this step, to which its logs have been cut. What is written of later steps is void;
     * all is written anew if nothing is there yet.
     */
    public void goOnAfter(long step) {
        if (nothingBefore) {
            nothingBefore = false;
            return;
        }
        file.add(List.of(Event.start(seconds(), step + 1)));
        numbers.skip();
        sheet = step;
    }

    /**
     * Writes what the run's folder has gained.
     *
     * @param step how far the training is
     * @throws RunException if it cannot be read or written; then the next call does it
     */
    public void update(long step) {
        numbers.next(rows -> file.add(rows.stream()
                .map(row -> Event.scalars(seconds(), row.step(), row.values()))
                .toList()));
        for (StepPath each : run.samples()) {
            if (each.step() > sheet && each.step() <= step) {
                file.add(List.of(Event.picture(seconds(), each.step(), PICTURES, PngFile.read(each.path()))));
                sheet = each.step();
            }
        }
    }

    /**
     * Writes all of a run into a folder, which appears whole or not at all.
     *
     * @param target is not there yet, or empty
     * @param rates as above
     * @throws RunException if there is something in the folder, a file of the run is damaged, or it cannot be written
     */
    public static void write(RunFolder run, Path target, LongFunction<Map<String, Double>> rates) {
        try {
            if (Files.exists(target) && (!Files.isDirectory(target) || files(target) > 0)) {
                throw new RunException(target + " is there already; give a folder that is new or empty");
            }
            AtomicFiles.writeDirectory(target, folder -> {
                try (RunEvents events = new RunEvents(run, folder, rates)) {
                    events.update(Long.MAX_VALUE);
                }
            });
        } catch (IOException e) {
            throw new RunException("cannot export to " + target + ": " + IoReasons.of(e), e);
        }
    }

    /** TensorBoard takes files of such names, in the order of these. */
    private static String name(long seconds, int before) {
        return String.format(Locale.ROOT, "events.out.tfevents.%010d.saddlepoint.%04d", seconds, before);
    }

    private double seconds() {
        return clock.millis() / 1000.0;
    }

    private static int files(Path target) {
        try {
            Files.createDirectories(target);
            try (Stream<Path> there = Files.list(target)) {
                return (int) there.count();
            }
        } catch (IOException e) {
            throw new RunException("cannot write into " + target + ": " + IoReasons.of(e), e);
        }
    }

    /** Forces what was written to the disk. */
    @Override
    public void close() {
        file.close();
    }
}

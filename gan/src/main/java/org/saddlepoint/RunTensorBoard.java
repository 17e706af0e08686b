package org.saddlepoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.events.RunEvents;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.recipes.LearningRates;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.training.TensorBoardListener;
import org.saddlepoint.training.TrainingListener;
import org.saddlepoint.training.TrainingState;

/** TensorBoard's files of a run in training, if it has a folder for them. */
final class RunTensorBoard implements AutoCloseable {
    private final Optional<RunEvents> events;
    private final int every;
    private final TrainingState state;
    private final RunListener listener;

    private RunTensorBoard(Optional<RunEvents> events, int every, TrainingState state, RunListener listener) {
        this.events = events;
        this.every = every;
        this.state = state;
        this.listener = listener;
    }

    /** Makes the folder if it was asked for, so that all sessions of the run write into it. */
    static void begin(RunFolder run, boolean asked) {
        Path folder = run.tensorBoardFolder();
        try {
            if (asked) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new RunException("cannot make " + folder + ": " + IoReasons.of(e), e);
        }
    }

    /** Of a session that is about to train. */
    static RunTensorBoard of(RunFolder run, Recipe recipe, Dataset data, TrainingState state, RunListener listener) {
        Path folder = run.tensorBoardFolder();
        Optional<RunEvents> events = Optional.empty();
        if (Files.isDirectory(folder)) {
            LearningRates rates = LearningRates.of(recipe, data.size());
            events = Optional.of(new RunEvents(run, folder, step -> rates.at(Math.max(0, step - 1))));
        }
        return new RunTensorBoard(events, recipe.logEvery(), state, listener);
    }

    List<TrainingListener> listeners() {
        return events.map(each -> List.<TrainingListener>of(new TensorBoardListener(each, every)))
                .orElse(List.of());
    }

    /** Writes what came after the last step, such as a last evaluation. The run has ended and does not fail by it. */
    @Override
    public void close() {
        events.ifPresent(each -> {
            try (each) {
                each.update(state.step());
            } catch (RunException e) {
                listener.onNote("the files for TensorBoard lack the end: " + e.getMessage());
            }
        });
    }
}

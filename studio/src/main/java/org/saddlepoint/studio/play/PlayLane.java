package org.saddlepoint.studio.play;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.training.TrainingDivergedException;

/** A game with its history, so that it can be played again up to any step: the same seed gives the same steps. */
final class PlayLane implements AutoCloseable {
    private final List<Change> changes = new ArrayList<>();
    private PlayGame game;
    private @Nullable String failure;

    /** New settings from a step on. */
    private record Change(long step, PlaySettings settings) {}

    PlayLane(PlaySettings first) {
        changes.add(new Change(0, first));
        game = new PlayGame(first);
    }

    PlayGame game() {
        return game;
    }

    /** Why it ended; null while it goes on. */
    @Nullable String failure() {
        return failure;
    }

    void change(PlaySettings settings) {
        game.change(settings);
        changes.add(new Change(game.steps(), settings));
        failure = null;
    }

    void train(long steps) {
        if (failure == null && steps > 0) {
            try {
                game.train(steps);
            } catch (TrainingDivergedException e) {
                failure = e.getMessage();
            }
        }
    }

    /** Plays again up to this step, with all changes until then; later ones are forgotten. */
    void rewind(long step) {
        changes.removeIf(change -> change.step() > step);
        game.close();
        failure = null;
        game = new PlayGame(changes.get(0).settings());
        for (Change change : changes.subList(1, changes.size())) {
            train(change.step() - game.steps());
            game.change(change.settings());
        }
        train(step - game.steps());
    }

    @Override
    public void close() {
        game.close();
    }
}

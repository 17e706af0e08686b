package org.saddlepoint.training;

import java.nio.file.Files;
import java.nio.file.Path;
import org.saddlepoint.run.RunFolder;

/**
 * Draws a picture of how far the training has come, and one at the end: every so many steps, or at steps 1, 10, 50 and 100 and
 * then by time, every 20 seconds at first and more rarely later.
 */
public final class SampleListener implements TrainingListener {
    /** Something that can be drawn at any time. */
    @FunctionalInterface
    public interface Picture {
        /** Draws what the networks make now into a PNG, which has this title where it has one. */
        void draw(String title, Path file);
    }

    private final Picture picture;
    private final String data;
    private final RunFolder folder;
    private final SheetPace pace;
    private long drawn = -1;

    /**
     * Draws into the folder.
     *
     * @param picture does not touch the training's randomness
     * @param data what the title names
     * @param every steps from one to the next; 0 for first steps, then time
     */
    public SampleListener(Picture picture, String data, RunFolder folder, int every) {
        this(picture, data, folder, new SheetPace(every, System::nanoTime));
    }

    SampleListener(Picture picture, String data, RunFolder folder, SheetPace pace) {
        this.picture = picture;
        this.data = data;
        this.folder = folder;
        this.pace = pace;
    }

    @Override
    public void onStart(TrainingState state) {
        pace.start(folder.samples().size());
        // A process that was killed between its last checkpoint and the end may not have drawn it.
        drawn = state.step() == 0 || Files.exists(folder.sampleFile(state.step())) ? state.step() : -1;
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (pace.isDue(state.step())) {
            draw(state);
        }
    }

    @Override
    public void onEnd(TrainingState state) {
        if (drawn != state.step()) {
            draw(state);
        }
    }

    private void draw(TrainingState state) {
        picture.draw(data + ", step " + state.step(), folder.sampleFile(state.step()));
        drawn = state.step(); // only now, so that a failed one is drawn again
        pace.drawn();
    }
}

package org.saddlepoint.training;

import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.Latent;
import org.saddlepoint.run.RunFolder;

/** Draws a {@link SamplePicture} every so many steps and at the end. */
public final class SampleListener implements TrainingListener {
    private final SamplePicture picture;
    private final Dataset data;
    private final RunFolder folder;
    private final int every;
    private long drawn = -1;

    /** Draws into the folder; the latents come from the seed, not from the training's randomness. */
    public SampleListener(
            AdversarialPair networks, Latent latent, Dataset data, RunFolder folder, long seed, int every) {
        this.picture = new SamplePicture(networks, latent, data, seed);
        this.data = data;
        this.folder = folder;
        this.every = every;
    }

    @Override
    public void onStart(TrainingState state) {
        drawn = state.step();
    }

    @Override
    public void onStep(TrainingState state, StepReport report) {
        if (state.step() % every == 0) {
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
        drawn = state.step();
        picture.draw(data.name() + ", step " + state.step(), folder.sampleFile(state.step()));
    }
}

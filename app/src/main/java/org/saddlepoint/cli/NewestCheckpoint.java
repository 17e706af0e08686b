package org.saddlepoint.cli;

import java.nio.file.Files;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;
import org.saddlepoint.training.Checkpoint;
import org.saddlepoint.training.SavedNetworks;

/** Loads the networks of a run's newest sound checkpoint, also while another process trains it. */
final class NewestCheckpoint {
    private static final String TRAIN = "train it further first";

    private NewestCheckpoint() {}

    /** Refuses a run without checkpoints, before anything that takes long. */
    static void require(RunFolder folder) {
        if (folder.checkpoints().isEmpty()) {
            throw new RunException(folder.path() + " holds no checkpoint yet; " + TRAIN);
        }
    }

    /** Loads it, tells of damaged ones that are newer, and answers which it is. */
    static StepPath load(RunFolder folder, SavedNetworks networks, Reporter reporter) {
        while (true) {
            CheckpointSearch found = CheckpointSearch.of(folder);
            StepPath checkpoint = found.require(folder, TRAIN);
            try {
                Checkpoint.restoreNetworks(checkpoint.path(), networks);
                found.story().forEach(reporter::note);
                return checkpoint;
            } catch (RunException e) {
                if (Files.exists(checkpoint.path())) {
                    throw e;
                } // else the training made newer ones and deleted this one meanwhile
            }
        }
    }
}

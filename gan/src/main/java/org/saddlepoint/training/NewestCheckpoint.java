package org.saddlepoint.training;

import java.nio.file.Files;
import java.util.List;
import java.util.function.Consumer;
import org.saddlepoint.run.CheckpointSearch;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.StepPath;

/**
 * The newest sound checkpoint of a run, also while another process trains it and deletes older ones.
 *
 * @param checkpoint what was read
 * @param warnings one line for each newer checkpoint that is damaged
 */
public record NewestCheckpoint(SavedCheckpoint checkpoint, List<String> warnings) {
    private static final String TRAIN = "train it further first";

    public NewestCheckpoint {
        warnings = List.copyOf(warnings);
    }

    /**
     * Refuses a run without checkpoints, before anything that takes long.
     *
     * @throws RunException if it has none
     */
    public static void require(RunFolder folder) {
        if (folder.checkpoints().isEmpty()) {
            throw new RunException(folder.path() + " holds no checkpoint yet; " + TRAIN);
        }
    }

    /**
     * Finds it and reads it.
     *
     * @param reader takes what is needed; called again, with a newer one, where the checkpoint was deleted meanwhile
     * @throws RunException if there is no sound checkpoint, or the reader throws it
     */
    public static NewestCheckpoint read(RunFolder folder, Consumer<SavedCheckpoint> reader) {
        while (true) {
            CheckpointSearch found = CheckpointSearch.of(folder);
            StepPath newest = found.require(folder, TRAIN);
            try {
                SavedCheckpoint checkpoint = SavedCheckpoint.open(newest.path());
                reader.accept(checkpoint);
                return new NewestCheckpoint(checkpoint, found.story());
            } catch (RunException e) {
                if (Files.exists(newest.path())) {
                    throw e;
                } // else the training made newer ones and deleted this one meanwhile
            }
        }
    }
}

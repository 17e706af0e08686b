package org.saddlepoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.training.Precision;
import org.saddlepoint.training.Processes;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.Word;

/**
 * What rank 0 tells the other processes of the training that begins; each of them answers what is wrong with it.
 *
 * @param recipe as YAML
 * @param seed of the run
 * @param singleStream whether all random numbers come from one stream
 * @param precision of the networks' arithmetic
 * @param synchronizeStatistics whether batch normalization sees the whole batch
 * @param fingerprint of the data
 */
record SharedSetup(
        String recipe,
        long seed,
        boolean singleStream,
        String precision,
        boolean synchronizeStatistics,
        String fingerprint) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static SharedSetup of(byte[] bytes) {
        try {
            return JSON.readValue(bytes, SharedSetup.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Tells the others, if there are any, and hears them.
     *
     * @throws RequestException if one of them has another recipe, seed or data, or cannot train
     */
    static void announce(TrainingSetup setup, Recipe recipe, Dataset data) {
        Optional<Processes> several = setup.processes();
        if (several.isEmpty()) {
            return;
        }
        SharedSetup shared = new SharedSetup(
                Recipes.format(recipe),
                setup.seed(),
                setup.singleStream(),
                setup.precision().name(),
                several.get().synchronizeStatistics(),
                data.fingerprint());
        try {
            Word.SETUP.say(several.get().group(), JSON.writeValueAsBytes(shared));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        requireNoProblem(several.get().group(), "");
    }

    /**
     * Says what is wrong on this rank, and hears the others.
     *
     * @param problem in one line; empty where there is none
     * @throws RequestException if something is wrong on any rank
     */
    static void requireNoProblem(ProcessGroup group, String problem) {
        List<byte[]> answers = group.gather("answers to the settings", problem.getBytes(StandardCharsets.UTF_8));
        for (int rank = 0; rank < answers.size(); rank++) {
            String answer = new String(answers.get(rank), StandardCharsets.UTF_8);
            if (!answer.isEmpty()) {
                throw new RequestException("rank " + rank + ": " + answer);
            }
        }
    }

    Precision arithmetic() {
        return Precision.valueOf(precision);
    }
}

package org.saddlepoint.run;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The newest sound checkpoint of a run, and the damaged ones that are newer.
 *
 * @param newest the newest sound checkpoint; empty if there is none
 * @param damaged the damaged checkpoints that are newer, newest first
 */
public record CheckpointSearch(Optional<StepPath> newest, List<Damaged> damaged) {
    /**
     * A checkpoint that cannot be used.
     *
     * @param reason what is wrong, in a few words
     */
    public record Damaged(StepPath checkpoint, String reason) {}

    /** Copies the components. */
    public CheckpointSearch {
        damaged = List.copyOf(damaged);
    }

    /**
     * Verifies the checkpoints, newest first, until one is sound. Safe while another process trains: if that process
     * deletes a checkpoint meanwhile, it has written a newer one.
     *
     * @throws RunException if the folder cannot be listed
     */
    public static CheckpointSearch of(RunFolder folder) {
        while (true) {
            List<StepPath> listed = folder.checkpoints();
            List<StepPath> newestFirst = new ArrayList<>(listed);
            Collections.reverse(newestFirst);
            List<Damaged> damaged = new ArrayList<>();
            boolean vanished = false;
            for (StepPath checkpoint : newestFirst) {
                Optional<String> damage = Seal.damage(checkpoint.path());
                if (damage.isEmpty()) {
                    return new CheckpointSearch(Optional.of(checkpoint), damaged);
                }
                vanished |= !Files.exists(checkpoint.path());
                damaged.add(new Damaged(checkpoint, damage.get()));
            }
            // A listing is not atomic: it can miss what is renamed meanwhile. Only what it says twice is believed.
            if (!vanished && listed.equals(folder.checkpoints())) {
                return new CheckpointSearch(Optional.empty(), damaged);
            }
        }
    }

    /**
     * The newest sound checkpoint.
     *
     * @param ofNone what to do if the run has no checkpoint at all
     * @throws RunException if there is none, saying what is wrong with the damaged ones
     */
    public StepPath require(RunFolder folder, String ofNone) {
        return newest.orElseThrow(() -> new RunException(
                damaged.isEmpty()
                        ? folder.path() + " holds no checkpoint yet; " + ofNone
                        : "all checkpoints of " + folder.path() + " are damaged: " + String.join("; ", damages())
                                + "; restore one from a copy, or train again"));
    }

    /** One line for each damaged checkpoint, which names the checkpoint used instead. */
    public List<String> story() {
        String instead = newest.map(each -> "; going on from " + StepPath.name(each.step()))
                .orElse("");
        return damages().stream().map(line -> "checkpoint " + line + instead).toList();
    }

    private List<String> damages() {
        return damaged.stream()
                .map(each -> StepPath.name(each.checkpoint().step()) + " is damaged: " + each.reason())
                .toList();
    }
}

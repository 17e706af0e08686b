package org.saddlepoint.run;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Require;

/**
 * The folder of one run and its layout.
 *
 * <pre>
 * runs/NAME/
 *   run.json              {@link RunManifest}
 *   recipe.yaml           the complete settings
 *   data.jsonl.gz         the files that it learns from, if their number is no larger than is listed
 *   clusters.json         the cluster of each example, if it is conditioned on these
 *   metrics.jsonl         {@link MetricsLog}, one row per logged step
 *   evaluations.jsonl     {@link MetricsLog}, one row per evaluation
 *   diagnosis.jsonl       {@link MetricsLog}, one row per reading and finding
 *   samples/000500.png    a sheet of samples
 *   checkpoints/000500/   *.safetensors, recipe.yaml and state.json, which holds their digests ({@link Seal})
 *   evaluation.json       the settings of evaluation during training, if any
 *   tensorboard/          event files, if the run writes them
 *   best/                 the checkpoint with the best evaluation so far
 * </pre>
 *
 * <p>A folder is a run as soon as it holds run.json. One process writes a run; any number may read it meanwhile,
 * because everything but the two logs is written atomically. {@code samples} and {@code checkpoints} are created with
 * their first entry. Every failure is a {@link RunException} of one line.
 */
public final class RunFolder {
    /** The file that every checkpoint must hold. */
    public static final String CHECKPOINT_STATE = "state.json";

    /** A longer recipe.yaml is refused: those that come with Saddlepoint have 4,000 bytes. */
    public static final int LARGEST_RECIPE = 1 << 20;

    private final Path path;

    private RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Creates the folder of a new run, with missing parents. It may exist, empty or with unrelated files.
     *
     * @param folder for example {@code runs/dcgan-digits-001}
     * @return the folder, which is no run until its manifest is written
     * @throws RunException if the folder holds a run or a part of one, is a file, or cannot be written; then nothing
     *     was made or changed
     */
    public static RunFolder create(Path folder) {
        RunFolder run = new RunFolder(folder);
        NewFolders.make(folder, run.parts());
        return run;
    }

    /**
     * Creates the folder of a new run under the first free name of {@code PARENT/STEM-001}, {@code PARENT/STEM-002}, ….
     * Processes that do so at the same time get different folders.
     *
     * @param parent for example {@code runs}
     * @param stem for example {@code dcgan-digits}
     * @throws RunException if the folder cannot be made
     * @throws IllegalArgumentException if the stem is no simple file name
     */
    public static RunFolder createFresh(Path parent, String stem) {
        return new RunFolder(NewFolders.makeFresh(parent, stem));
    }

    /**
     * The first free name of the form {@code PARENT/STEM-001}. It is not reserved: {@link #createFresh} does that.
     *
     * @param parent for example {@code runs}; need not exist
     * @throws IllegalArgumentException if the stem is no simple file name
     */
    public static Path freshName(Path parent, String stem) {
        return NewFolders.freshName(parent, stem);
    }

    /**
     * Opens an existing run; changes nothing on disk.
     *
     * @throws NoSuchRunException if there is no such folder or it holds no run.json
     * @throws RunException if this user may not look into it
     */
    public static RunFolder open(Path folder) {
        RunFolder run = new RunFolder(folder);
        if (!Presence.of(folder)) {
            throw new NoSuchRunException("there is no run at " + folder + ": no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchRunException(
                    folder + " is no run: expected the folder that holds run.json, but this is a file");
        }
        if (!isRun(folder)) {
            throw new NoSuchRunException(folder + " is no run: it holds no run.json; give the folder that train wrote,"
                    + " for example runs/dcgan-quick-digits-001");
        }
        return run;
    }

    /**
     * Whether a folder holds a run.
     *
     * @throws RunException if this user may not look into it
     */
    public static boolean isRun(Path folder) {
        Path manifest = new RunFolder(folder).manifestFile();
        return Presence.of(manifest) && Files.isRegularFile(manifest);
    }

    /** The path of the run, as it was given. */
    public Path path() {
        return path;
    }

    /** The name of the run: that of its folder. */
    public String name() {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** {@code run.json}. */
    public Path manifestFile() {
        return path.resolve("run.json");
    }

    /** {@code recipe.yaml}. */
    public Path recipeFile() {
        return path.resolve("recipe.yaml");
    }

    /** {@code data.jsonl.gz}: the files that it learns from; need not exist. */
    public Path dataFilesFile() {
        return path.resolve("data.jsonl.gz");
    }

    /** {@code clusters.json}: the cluster of each example; need not exist. */
    public Path clustersFile() {
        return path.resolve("clusters.json");
    }

    /** {@code metrics.jsonl}. */
    public Path metricsFile() {
        return path.resolve("metrics.jsonl");
    }

    /** {@code evaluations.jsonl}. */
    public Path evaluationsFile() {
        return path.resolve("evaluations.jsonl");
    }

    /** {@code evaluation.json}: the settings of evaluation during training. */
    public Path evaluationPlanFile() {
        return path.resolve("evaluation.json");
    }

    /** {@code best}: the checkpoint with the best evaluation so far; need not exist. */
    public Path bestCheckpoint() {
        return path.resolve("best");
    }

    /**
     * Reads the manifest.
     *
     * @throws RunException if run.json cannot be read or is damaged
     */
    public RunManifest manifest() {
        return RunManifest.read(manifestFile());
    }

    /**
     * Writes the manifest, replacing an older one.
     *
     * @throws RunException if it cannot be written; the older one stays
     */
    public void writeManifest(RunManifest manifest) {
        manifest.write(manifestFile());
    }

    /**
     * Reads the recipe as text.
     *
     * @throws RunException if recipe.yaml cannot be read
     */
    public String recipe() {
        try {
            return InputFiles.text(recipeFile(), LARGEST_RECIPE);
        } catch (IOException e) {
            throw new RunException("cannot read " + recipeFile() + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Writes the recipe.
     *
     * @param yaml the complete settings
     * @throws RunException if it cannot be written
     */
    public void writeRecipe(String yaml) {
        try {
            AtomicFiles.writeString(recipeFile(), yaml);
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /**
     * The file for the samples of a step: {@code samples/000500.png}.
     *
     * @param step at least 0
     */
    public Path sampleFile(long step) {
        return path.resolve("samples").resolve(StepPath.name(step) + ".png");
    }

    /** The existing sheets of samples, by ascending step. */
    public List<StepPath> samples() {
        return StepPath.list(path.resolve("samples"), ".png");
    }

    /**
     * The folder for the checkpoint of a step: {@code checkpoints/000500}.
     *
     * @param step at least 0
     */
    public Path checkpointFolder(long step) {
        return path.resolve("checkpoints").resolve(StepPath.name(step));
    }

    /** The existing checkpoints, all complete, by ascending step. */
    public List<StepPath> checkpoints() {
        return StepPath.list(path.resolve("checkpoints"), "").stream()
                .filter(each -> Presence.of(each.path().resolve(CHECKPOINT_STATE)))
                .toList();
    }

    /** The newest sound checkpoint, or empty if there is none. */
    public Optional<StepPath> latestCheckpoint() {
        return CheckpointSearch.of(this).newest();
    }

    /**
     * Writes a checkpoint atomically, replacing one of the same step. It is read back and verified first.
     *
     * @param step at least 0
     * @param filler writes the weights into the folder it is given, and then the {@link Seal}
     * @return the checkpoint
     * @throws RunException if writing fails; no part of the checkpoint stays
     */
    public StepPath writeCheckpoint(long step, AtomicFiles.DirectoryFiller filler) {
        Path folder = checkpointFolder(step);
        SealedFolder.write(folder, filler);
        return new StepPath(step, folder);
    }

    /** As {@link #writeCheckpoint}, into {@link #bestCheckpoint}; where that fails the former best one stays. */
    public void writeBest(AtomicFiles.DirectoryFiller filler) {
        SealedFolder.write(bestCheckpoint(), filler);
    }

    /** {@code diagnosis.jsonl}: what was measured for a diagnosis, and what was found. */
    public Path diagnosisFile() {
        return path.resolve("diagnosis.jsonl");
    }

    /** {@code healthy}: the last checkpoint before which nothing was found, if the run returns to it when it fails. */
    public Path healthyCheckpoint() {
        return path.resolve("healthy");
    }

    /** {@code tensorboard}: what TensorBoard reads; there if the run writes it. */
    public Path tensorBoardFolder() {
        return path.resolve("tensorboard");
    }

    /**
     * Deletes old checkpoints. Only sound ones are counted, so that a damaged one never displaces a sound one. Damaged
     * checkpoints are deleted once they are older than all that are kept.
     *
     * @param keep how many sound checkpoints to keep, at least 1
     * @return the steps whose checkpoints were deleted, ascending
     * @throws RunException if one cannot be deleted
     * @throws IllegalArgumentException if keep is less than 1
     */
    public List<Long> pruneCheckpoints(int keep) {
        Require.atLeast(1, "keep", keep);
        List<StepPath> all = checkpoints();
        int sound = 0;
        int first = all.size();
        while (sound < keep && first > 0) {
            first--;
            if (Seal.damage(all.get(first).path()).isEmpty()) {
                sound++;
            }
        }
        List<Long> deleted = new ArrayList<>();
        for (StepPath checkpoint : all.subList(0, first)) {
            delete(checkpoint.path());
            deleted.add(checkpoint.step());
        }
        return Collections.unmodifiableList(deleted);
    }

    /**
     * Removes what belongs to later steps, before a run goes on from a checkpoint: samples, and checkpoints that are
     * damaged, which stay beside the others as {@code 000500.damaged}. The logs are for {@link MetricsLog#resume}.
     *
     * @param step the checkpoint's
     * @throws RunException if something cannot be removed
     */
    public void cutAfter(long step) {
        samples().stream().filter(sheet -> sheet.step() > step).forEach(sheet -> delete(sheet.path()));
        for (StepPath checkpoint : checkpoints()) {
            if (checkpoint.step() > step) {
                Path aside = checkpoint.path().resolveSibling(StepPath.name(checkpoint.step()) + ".damaged");
                delete(aside);
                try {
                    Disk.move(checkpoint.path(), aside);
                } catch (IOException e) {
                    throw new RunException("cannot rename " + checkpoint.path() + ": " + IoReasons.of(e), e);
                }
            }
        }
    }

    private static void delete(Path target) {
        try {
            AtomicFiles.delete(target);
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /**
     * Removes a run that failed to start: deletes its files, and the folder if nothing else is in it.
     *
     * @throws RunException if something cannot be deleted
     */
    public void discard() {
        try {
            for (Path part : parts()) {
                AtomicFiles.delete(part);
            }
            Siblings.recover(path);
            Files.delete(path);
        } catch (DirectoryNotEmptyException e) {
            return; // files that were there before, or that others put there
        } catch (IOException e) {
            throw new RunException("cannot delete " + path + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Removes the partial files of a killed process, and restores a checkpoint whose replacement it did not finish.
     * For the process that is about to write this run, for example to resume it; never while another process writes.
     *
     * @throws RunException if something cannot be removed
     */
    public void removeLeftovers() {
        for (Path folder : List.of(path, path.resolve("samples"), path.resolve("checkpoints"))) {
            try {
                Siblings.recover(folder);
            } catch (IOException e) {
                throw new RunException("cannot clear leftovers in " + folder + ": " + IoReasons.of(e), e);
            }
        }
    }

    private List<Path> parts() {
        return List.of(
                manifestFile(),
                recipeFile(),
                dataFilesFile(),
                clustersFile(),
                metricsFile(),
                evaluationsFile(),
                evaluationPlanFile(),
                bestCheckpoint(),
                diagnosisFile(),
                healthyCheckpoint(),
                tensorBoardFolder(),
                path.resolve("samples"),
                path.resolve("checkpoints"));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

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

/**
 * The folder of one run, and where everything in it lies.
 *
 * <pre>
 * runs/NAME/
 *   run.json              {@link RunManifest}
 *   recipe.yaml           the complete settings
 *   metrics.jsonl         {@link MetricsLog}, one row a logged step
 *   evaluations.jsonl     {@link MetricsLog}, one row an evaluation
 *   samples/000500.png    {@link SampleSheet}
 *   checkpoints/000500/   *.safetensors, recipe.yaml and state.json, which seals them ({@link Seal})
 *   evaluation.json       what training evaluates, if it does
 *   best/                 the checkpoint with the best evaluation so far
 * </pre>
 *
 * <p>A folder is a run as soon as it holds run.json. One process writes a run; any number may read it meanwhile,
 * because all but the two logs appear whole or not at all. {@code samples} and {@code checkpoints} are made with their
 * first entry. Every failure is a {@link RunException} of one line.
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
     * Makes the folder of a new run, with missing parents. An empty folder, or one with unrelated files, may be there.
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
     * Makes the folder of a new run under a name that is free, {@code PARENT/STEM-001} and counting. Two processes that
     * do so at once get two folders.
     *
     * @param parent for example {@code runs}
     * @param stem for example {@code dcgan-digits}
     * @return the folder, which is no run until its manifest is written
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
     * @param stem for example {@code dcgan-digits}
     * @return a path where nothing is
     * @throws IllegalArgumentException if the stem is no simple file name
     */
    public static Path freshName(Path parent, String stem) {
        return NewFolders.freshName(parent, stem);
    }

    /**
     * Opens a run that is there; changes nothing on disk.
     *
     * @param folder the folder of the run
     * @return the run
     * @throws NoSuchRunException if there is no such folder or it holds no run.json
     */
    public static RunFolder open(Path folder) {
        RunFolder run = new RunFolder(folder);
        if (!Files.exists(folder)) {
            throw new NoSuchRunException("there is no run at " + folder + ": no such folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchRunException(
                    folder + " is no run: expected the folder that holds run.json, but this is a file");
        }
        if (!Files.isRegularFile(run.manifestFile())) {
            throw new NoSuchRunException(folder + " is no run: it holds no run.json; give the folder that train wrote,"
                    + " for example runs/dcgan-quick-digits-001");
        }
        return run;
    }

    /** Where the run is, as it was given. */
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

    /** {@code metrics.jsonl}. */
    public Path metricsFile() {
        return path.resolve("metrics.jsonl");
    }

    /** {@code evaluations.jsonl}. */
    public Path evaluationsFile() {
        return path.resolve("evaluations.jsonl");
    }

    /** {@code evaluation.json}: what training evaluates. */
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
     * @param manifest the new one
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
     * Where the samples of a step belong: {@code samples/000500.png}.
     *
     * @param step at least 0
     */
    public Path sampleFile(long step) {
        return path.resolve("samples").resolve(StepPath.name(step) + ".png");
    }

    /** The sheets of samples that are there, by ascending step. */
    public List<StepPath> samples() {
        return StepPath.list(path.resolve("samples"), ".png");
    }

    /**
     * Where the checkpoint of a step belongs: {@code checkpoints/000500}.
     *
     * @param step at least 0
     */
    public Path checkpointFolder(long step) {
        return path.resolve("checkpoints").resolve(StepPath.name(step));
    }

    /** The checkpoints that are there, all complete, by ascending step. */
    public List<StepPath> checkpoints() {
        return StepPath.list(path.resolve("checkpoints"), "").stream()
                .filter(each -> Files.isRegularFile(each.path().resolve(CHECKPOINT_STATE)))
                .toList();
    }

    /** The newest checkpoint that is what was written, or empty where there is none. */
    public Optional<StepPath> latestCheckpoint() {
        return CheckpointSearch.of(this).newest();
    }

    /**
     * Writes a checkpoint, which appears whole or not at all; one of the same step is replaced. It is read back first,
     * and must be what was written.
     *
     * @param step at least 0
     * @param filler writes the weights into the folder it is given, and then the {@link Seal}
     * @return the checkpoint
     * @throws RunException if writing fails; no part of the checkpoint stays
     */
    public StepPath writeCheckpoint(long step, AtomicFiles.DirectoryFiller filler) {
        Path folder = checkpointFolder(step);
        write(folder, filler);
        return new StepPath(step, folder);
    }

    /**
     * As {@link #writeCheckpoint}, into {@link #bestCheckpoint}.
     *
     * @throws RunException if writing fails; the former best one stays
     */
    public void writeBest(AtomicFiles.DirectoryFiller filler) {
        write(bestCheckpoint(), filler);
    }

    private static void write(Path folder, AtomicFiles.DirectoryFiller filler) {
        try {
            AtomicFiles.writeDirectory(folder, directory -> {
                filler.fill(directory);
                Optional<String> damage = Seal.damage(directory);
                if (damage.isPresent()) {
                    throw new IOException("what was read back is wrong: " + damage.get());
                }
            });
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    /**
     * Deletes old checkpoints. They are read through first: what counts are those that are what was written, so that a
     * damaged one never takes the place of a sound one. Damaged ones go when they are older than all that stay.
     *
     * @param keep how many sound ones stay, at least 1
     * @return the steps whose checkpoints were deleted, ascending
     * @throws RunException if one cannot be deleted
     * @throws IllegalArgumentException if keep is less than 1
     */
    public List<Long> pruneCheckpoints(int keep) {
        if (keep < 1) {
            throw new IllegalArgumentException("keep must be at least 1 but was " + keep);
        }
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
     * Takes back a run that came to nothing: deletes all that belongs to a run, and the folder where nothing else is in
     * it.
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
     * Clears what a killed process left half-written, and puts back a checkpoint whose replacement it did not finish.
     * For the process that is about to write this run, for example to resume it; never while another one writes.
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
                metricsFile(),
                evaluationsFile(),
                evaluationPlanFile(),
                bestCheckpoint(),
                path.resolve("samples"),
                path.resolve("checkpoints"));
    }

    @Override
    public String toString() {
        return path.toString();
    }
}

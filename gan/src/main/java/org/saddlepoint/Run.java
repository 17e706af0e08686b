package org.saddlepoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.recipes.DataOptions;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeException;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.RunData;
import org.saddlepoint.run.NoSuchRunException;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunLock;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.Engine;
import org.saddlepoint.tensor.TensorException;
import org.saddlepoint.tensor.distributed.DistributedException;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.training.Processes;
import org.saddlepoint.training.TrainingDivergedException;
import org.saddlepoint.training.Word;

/**
 * A training and all that it leaves on disk: recipe, metrics, sample sheets, checkpoints. The commands {@code train} and {@code
 * resume} call these methods, so that all commands can use what a program trained.
 *
 * <pre>{@code
 * Run run = Run.train(recipe, data, Path.of("runs/digits"), RunOptions.DEFAULT.seed(7));
 * try (TrainedGenerator generator = TrainedGenerator.open(run.path())) { ... }
 * }</pre>
 *
 * @param folder where it is
 * @param manifest what it is, and how it ended
 */
public record Run(RunFolder folder, RunManifest manifest) {
    /**
     * Opens a run that is there.
     *
     * @throws NoSuchRunException if there is none
     * @throws RunException if its {@code run.json} cannot be read
     */
    public static Run open(Path folder) {
        RunFolder opened = RunFolder.open(folder);
        return new Run(opened, opened.manifest());
    }

    /**
     * Trains in a new folder until the recipe's steps are done or a listener asks to stop.
     *
     * @param data what it learns from; stays the caller's
     * @param folder of the run; need not exist
     * @return the ended run
     * @throws RecipeException if the recipe does not fit the data; then nothing is on disk
     * @throws TensorException if the batch does not fit the memory
     * @throws RunException if the folder holds a run, or cannot be written
     * @throws TrainingDivergedException if it diverges for good; the checkpoints before stay
     */
    public static Run train(Recipe recipe, Dataset data, Path folder, RunOptions options, RunListener... listeners) {
        return begin(recipe, data, () -> RunFolder.create(folder), options, all(listeners));
    }

    /**
     * As {@link #train}, in a new folder of this one, named after recipe and data with a number that is free.
     *
     * @param parent for example {@code runs}
     */
    public static Run trainBelow(
            Path parent, Recipe recipe, Dataset data, RunOptions options, RunListener... listeners) {
        String stem = recipe.name() + "-" + RunSession.shortName(data);
        return begin(recipe, data, () -> RunFolder.createFresh(parent, stem), options, all(listeners));
    }

    private static Run begin(
            Recipe recipe, Dataset data, Supplier<RunFolder> place, RunOptions options, RunListener listener) {
        ResumeOptions how = ResumeOptions.DEFAULT
                .device(options.device())
                .patience(options.patience())
                .processes(options.processes());
        return leading(
                options.processes(),
                () -> Remedied.follow(RunSession.begin(recipe, data, place, options, listener), data, how, listener));
    }

    /** Tells other processes, if there are any, how it ended. */
    private static Run leading(Optional<Processes> several, Supplier<Run> run) {
        Supplier<Run> saying = () -> {
            Run ended = run.get();
            several.ifPresent(all -> Word.END.say(all.group(), new byte[0]));
            return ended;
        };
        return several.map(all -> all.group().together(saying)).orElseGet(saying);
    }

    /**
     * Takes part in a run as one of several processes that is not rank 0, which calls {@link #train} with the same recipe, data and
     * seed. Writes nothing; returns when rank 0 has ended.
     *
     * @throws RequestException if rank 0 was begun with another recipe, data or seed
     * @throws DistributedException if rank 0 or another process fails; names it
     */
    public static void follow(Recipe recipe, Dataset data, RunOptions options) {
        options.threads().ifPresent(Engine::threads);
        ProcessGroup group = several(options.processes());
        group.together(() -> {
            Dataset prepared = recipe.prepare(data, options.seed(), line -> {}).dataset();
            String[] begun = {""}; // what a remedy changes later is rank 0's matter
            return new Follower(group, options.device(), unused -> prepared, (shared, first) -> {
                        String objection =
                                begun[0].isEmpty() ? Follower.difference(recipe, options.seed(), shared, first) : "";
                        begun[0] = shared.recipe();
                        return objection;
                    })
                    .follow();
        });
    }

    /**
     * As {@link #follow} in a run that goes on, which rank 0 resumes.
     *
     * @param folder the run's, which this process reads to find the data
     */
    public static void followResumed(Path folder, ResumeOptions options) {
        options.threads().ifPresent(Engine::threads);
        ProcessGroup group = several(options.processes());
        group.together(() -> {
            RunFolder run = RunFolder.open(folder);
            Recipe recipe = Recipes.parse(run.recipe(), folder.toString(), Map.of());
            try (Dataset data = open(run, recipe, options).data()) {
                return new Follower(
                                group,
                                options.device(),
                                leaders -> leaders.prepared(data, run).dataset(),
                                (shared, leaders) -> "")
                        .follow();
            }
        });
    }

    private static ProcessGroup several(Optional<Processes> processes) {
        return processes
                .map(Processes::group)
                .filter(group -> group.rank() > 0)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "only ranks above 0 of several processes follow; rank 0, and a process alone, calls train or resume"));
    }

    /**
     * Goes on where a run stopped, from its newest sound checkpoint, on the data that the options or its {@code run.json}
     * name. Data that its {@code run.json} names is looked for where it was, and where it was as seen from the run's folder,
     * so that both may be moved together. Without
     * changes the result is that of a run that never stopped, to the bit on one machine.
     *
     * @return the ended run
     * @throws RequestException if all its steps are done, or its {@code recipe.yaml} was changed without an override
     * @throws RecipeException if the recipe cannot be trained, or a setting or value is wrong
     * @throws DataException if the data is not found, or is not the same as when the run began; says what differs
     * @throws RunException if another process trains it, it has no sound checkpoint, or its folder cannot be written
     * @throws TrainingDivergedException if it diverges for good
     */
    public static Run resume(Path folder, ResumeOptions options, RunListener... listeners) {
        return resume(folder, Optional.empty(), options, all(listeners));
    }

    /**
     * As {@link #resume(Path, ResumeOptions, RunListener...)} on data that the command line does not know.
     *
     * @param data what it learned from; stays the caller's. Commands open it again by the options' data source
     */
    public static Run resume(Path folder, Dataset data, ResumeOptions options, RunListener... listeners) {
        return resume(folder, Optional.of(data), options, all(listeners));
    }

    private static RunData.Found open(RunFolder run, Recipe recipe, ResumeOptions options) {
        RunManifest.Data described = run.manifest().data();
        RunData learnt = new RunData(run, described);
        DataOptions how = recipe.dataOptions().withChannelsOf(described.exampleShape());
        return options.dataSource()
                .map(elsewhere -> learnt.open(elsewhere, how))
                .orElseGet(() -> learnt.open(Links.INSIDE, how, "--data NEW"));
    }

    private static Run resume(Path path, Optional<Dataset> given, ResumeOptions options, RunListener listener) {
        return leading(options.processes(), () -> resumed(path, given, options, listener));
    }

    private static Run resumed(Path path, Optional<Dataset> given, ResumeOptions options, RunListener listener) {
        RunFolder folder = RunFolder.open(path);
        RunManifest manifest = folder.manifest();
        listener.onFolder(folder);
        try (RunLock lock = RunLock.of(folder.path())) {
            folder.removeLeftovers();
            ResumePoint point = ResumePoint.of(folder, options, listener);
            point.recipe().requireTrainable();
            options.threads().ifPresent(Engine::threads);
            Run run = new Run(folder, manifest);
            if (given.isPresent()) {
                RunSession.Ended ended = RunSession.resume(
                        run,
                        point,
                        given.get(),
                        new RunSession.GoingOn(options, options.dataSource(), Deadline.NONE),
                        listener);
                return Remedied.go(ended, given.get(), options, listener);
            }
            RunData.Found found = open(folder, point.recipe(), options);
            try (Dataset data = found.data()) {
                RunSession.Ended ended = RunSession.resume(
                        run,
                        point,
                        data,
                        new RunSession.GoingOn(options, Optional.of(found.request()), Deadline.NONE),
                        listener);
                return Remedied.go(ended, data, options, listener);
            }
        }
    }

    private static RunListener all(RunListener... listeners) {
        return new RunListeners(List.of(listeners));
    }

    /** The folder of the run, which all commands take. */
    public Path path() {
        return folder.path();
    }
}

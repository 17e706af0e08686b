package org.saddlepoint.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.input.InputFiles;
import org.saddlepoint.input.IoReasons;
import org.saddlepoint.input.Require;
import org.saddlepoint.input.Sha256;

/**
 * Settings, origin and outcome of a run: the content of {@code run.json}.
 *
 * <p>Reading ignores fields it does not know, so that older versions read what newer ones add;
 * {@link #CURRENT_FORMAT} rises only when a change would mislead an older reader, and such files are refused.
 *
 * @param formatVersion the version of this layout, in [1, {@link #CURRENT_FORMAT}]
 * @param softwareVersion the version of Saddlepoint, for example {@code 0.1.0}
 * @param recipe the name of the recipe
 * @param recipeHash {@link #hashOf} the text of recipe.yaml
 * @param seed the seed that all randomness of the run comes from
 * @param execution device, threads and precision
 * @param data the training data
 * @param environment the versions of the software beneath
 * @param started when the run first started
 * @param finished when it ended, or null while {@link Outcome#RUNNING}
 * @param steps how many training steps are done
 * @param images how many real images the discriminator has seen
 * @param outcome how it ended
 * @param history rollbacks and changed settings
 */
public record RunManifest(
        int formatVersion,
        String softwareVersion,
        String recipe,
        String recipeHash,
        long seed,
        Execution execution,
        Data data,
        Environment environment,
        Instant started,
        @Nullable Instant finished,
        long steps,
        long images,
        Outcome outcome,
        RunHistory history) {
    /** A longer run.json is refused: it holds a few names. */
    private static final int MAX_BYTES = 1 << 24;

    /** The version that this class writes. */
    public static final int CURRENT_FORMAT = 1;

    /** How a run ended. A run whose process was killed still says {@link #RUNNING}. */
    public enum Outcome {
        /** Not ended, or killed. */
        RUNNING,
        /** All steps were done. */
        DONE,
        /** The user stopped it; it can be resumed. */
        INTERRUPTED,
        /** A loss or a weight became NaN or infinite. */
        DIVERGED,
        /** An error ended it. */
        FAILED
    }

    /**
     * The recipe of a run that starts.
     *
     * @param name for example {@code dcgan}
     * @param yaml the text of recipe.yaml, of which the manifest keeps the hash
     */
    public record RecipeText(String name, String yaml) {}

    /**
     * The hardware and precision that a run computes with.
     *
     * @param device for example {@code cpu} or {@code cuda:0}
     * @param threads the threads of the engine, at least 1
     * @param precision for example {@code float32}
     * @param processes that train together, at least 1
     * @param synchronizedStatistics whether batch normalization sees the whole batch, or each process its part of it
     */
    public record Execution(
            String device, int threads, String precision, int processes, boolean synchronizedStatistics) {
        /** Of one process. */
        public Execution(String device, int threads, String precision) {
            this(device, threads, precision, 1, false);
        }

        /**
         * @throws IllegalArgumentException if a text is blank, or threads or processes are less than 1
         */
        public Execution {
            requireText(device, "device");
            Require.atLeast(1, "threads", threads);
            requireText(precision, "precision");
            Require.atLeast(1, "processes", processes);
        }
    }

    /**
     * The training data of a run.
     *
     * @param spec the source, for example {@code digits} or a folder; paths in it are absolute, except in runs of earlier
     *     releases
     * @param name a short name for titles
     * @param fingerprint identifies the content, so that resuming on other data is noticed
     * @param exampleShape the shape of one example, for example [1, 28, 28]; each at least 1
     * @param classNames names of the classes, in the order of the labels; empty where there are none
     * @param vectorNames names of the numbers that describe an example; empty where there are none
     * @param place how it is found again
     * @param summary what the fingerprint covers; empty in runs of earlier releases
     * @param classSizes examples of each class where the classes are clusters, which data does not name; else empty
     */
    public record Data(
            String spec,
            String name,
            String fingerprint,
            List<Integer> exampleShape,
            List<String> classNames,
            List<String> vectorNames,
            DataPlace place,
            Optional<DataSummary> summary,
            List<Integer> classSizes) {
        /** Data of which no more is known. */
        public Data(
                String spec,
                String name,
                String fingerprint,
                List<Integer> exampleShape,
                List<String> classNames,
                List<String> vectorNames) {
            this(
                    spec,
                    name,
                    fingerprint,
                    exampleShape,
                    classNames,
                    vectorNames,
                    DataPlace.NONE,
                    Optional.empty(),
                    List.of());
        }

        /** Data without labels and vectors, of which no more is known. */
        public Data(String spec, String name, String fingerprint, List<Integer> exampleShape) {
            this(spec, name, fingerprint, exampleShape, List.of(), List.of());
        }

        /**
         * Checks and copies the components.
         *
         * @throws IllegalArgumentException if a text is blank or the shape is empty or not positive
         */
        public Data {
            requireText(spec, "data.spec");
            requireText(name, "data.name");
            requireText(fingerprint, "data.fingerprint");
            exampleShape = List.copyOf(exampleShape);
            classNames = List.copyOf(classNames);
            vectorNames = List.copyOf(vectorNames);
            classSizes = List.copyOf(classSizes);
            Require.that(
                    !exampleShape.isEmpty() && exampleShape.stream().allMatch(size -> size >= 1),
                    "data.exampleShape",
                    "a list of sizes >= 1",
                    exampleShape);
            Require.that(
                    classSizes.isEmpty()
                            || (classSizes.size() == classNames.size()
                                    && classSizes.stream().allMatch(size -> size >= 1)
                                    && classSizes.stream()
                                                    .mapToLong(size -> size)
                                                    .sum()
                                            <= Integer.MAX_VALUE),
                    "data.classSizes",
                    "a number >= 1 for each class, of at most 2,147,483,647 examples, or nothing",
                    classSizes);
        }

        /** The same with clusters as classes. */
        public Data withClusters(List<String> names, List<Integer> sizes) {
            return new Data(spec, name, fingerprint, exampleShape, names, vectorNames, place, summary, sizes);
        }
    }

    /**
     * The software beneath a run.
     *
     * @param java the version of Java
     * @param os the operating system, its version and the architecture
     * @param engine the tensor engine and its version
     */
    public record Environment(String java, String os, String engine) {
        /**
         * Checks the components.
         *
         * @throws IllegalArgumentException if one is blank
         */
        public Environment {
            requireText(java, "environment.java");
            requireText(os, "environment.os");
            requireText(engine, "environment.engine");
        }

        /**
         * The software of this process.
         *
         * @param engine the tensor engine and its version
         */
        public static Environment current(String engine) {
            return new Environment(
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                    System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                            + System.getProperty("os.arch"),
                    engine);
        }
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException naming the component, its value and its bound
     */
    public RunManifest {
        Require.that(
                formatVersion >= 1 && formatVersion <= CURRENT_FORMAT,
                "formatVersion",
                "in [1, " + CURRENT_FORMAT + "]",
                formatVersion);
        requireText(softwareVersion, "softwareVersion");
        requireText(recipe, "recipe");
        requireText(recipeHash, "recipeHash");
        Require.atLeast(0, "steps", steps);
        Require.atLeast(0, "images", images);
        if ((outcome == Outcome.RUNNING) != (finished == null)) {
            throw new IllegalArgumentException("finished must be set exactly when the run has ended, but finished was "
                    + finished + " and outcome " + outcome);
        }
    }

    /**
     * The manifest of a run that starts now, with no step done.
     *
     * @param softwareVersion the version of Saddlepoint
     * @param recipe name and text of the recipe
     * @param seed the seed of the run
     * @param execution device, threads and precision
     * @param data the training data
     * @param environment the software beneath
     * @return a manifest in state {@link Outcome#RUNNING}
     */
    public static RunManifest start(
            String softwareVersion,
            RecipeText recipe,
            long seed,
            Execution execution,
            Data data,
            Environment environment) {
        return new RunManifest(
                CURRENT_FORMAT,
                softwareVersion,
                recipe.name(),
                hashOf(recipe.yaml()),
                seed,
                execution,
                data,
                environment,
                Instant.now(),
                null,
                0,
                0,
                Outcome.RUNNING,
                RunHistory.NONE);
    }

    /**
     * The same run, further on, and running: also how a run that ended is resumed.
     *
     * @param newSteps the steps done
     * @param newImages the real images seen
     */
    public RunManifest running(long newSteps, long newImages) {
        return with(null, newSteps, newImages, Outcome.RUNNING);
    }

    /**
     * The same run, ended now.
     *
     * @param how not {@link Outcome#RUNNING}
     * @param newSteps the steps done
     * @param newImages the real images seen
     */
    public RunManifest ended(Outcome how, long newSteps, long newImages) {
        return with(Instant.now(), newSteps, newImages, how);
    }

    /**
     * The same run with a changed recipe, for example more steps.
     *
     * @param recipeYaml the new text of recipe.yaml
     */
    public RunManifest withRecipe(String recipeYaml) {
        return with(hashOf(recipeYaml), data, history);
    }

    /** The same run with its data described otherwise, for example in another place. */
    public RunManifest with(Data newData) {
        return with(recipeHash, newData, history);
    }

    /** The same run with another history. */
    public RunManifest with(RunHistory newHistory) {
        return with(recipeHash, data, newHistory);
    }

    private RunManifest with(String newHash, Data newData, RunHistory newHistory) {
        return new RunManifest(
                formatVersion,
                softwareVersion,
                recipe,
                newHash,
                seed,
                execution,
                newData,
                environment,
                started,
                finished,
                steps,
                images,
                outcome,
                newHistory);
    }

    private RunManifest with(@Nullable Instant newFinished, long newSteps, long newImages, Outcome newOutcome) {
        return new RunManifest(
                formatVersion,
                softwareVersion,
                recipe,
                recipeHash,
                seed,
                execution,
                data,
                environment,
                started,
                newFinished,
                newSteps,
                newImages,
                newOutcome,
                history);
    }

    /**
     * The hash by which a recipe is recognised: SHA-256 of its text in UTF-8.
     *
     * @param recipeYaml the text of recipe.yaml
     * @return 64 hexadecimal digits
     */
    public static String hashOf(String recipeYaml) {
        return Sha256.of(recipeYaml.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a manifest.
     *
     * @param file run.json
     * @throws RunException if it cannot be read, is no JSON, lacks a field, or was written by a newer version
     */
    public static RunManifest read(Path file) {
        try {
            return ManifestJson.parse(InputFiles.text(file, MAX_BYTES), file);
        } catch (IOException e) {
            throw new RunException("cannot read " + file + ": " + IoReasons.of(e), e);
        }
    }

    /**
     * Writes the manifest, replacing what is there.
     *
     * @param file run.json
     * @throws RunException if it cannot be written; what was there stays
     */
    public void write(Path file) {
        try {
            AtomicFiles.writeString(file, ManifestJson.format(this));
        } catch (IOException e) {
            throw RunException.of(e);
        }
    }

    private static void requireText(String value, String name) {
        Require.that(!value.isBlank(), name, "a text that is not blank", '"' + value + '"');
    }
}

package org.saddlepoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeDifference;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.recipes.Training;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.distributed.ProcessGroup;
import org.saddlepoint.training.Following;
import org.saddlepoint.training.Processes;
import org.saddlepoint.training.TrainingSetup;
import org.saddlepoint.training.Word;

/** The part in a run of a process that is not rank 0: it trains as rank 0 says and writes nothing. */
final class Follower {
    private final ProcessGroup group;
    private final Device device;
    private final Function<Recipe, Dataset> data;
    private final BiFunction<SharedSetup, Recipe, String> objection;

    /**
     * @param data what a recipe learns from
     * @param objection what this process was asked to do otherwise than rank 0; empty if nothing
     */
    Follower(
            ProcessGroup group,
            Device device,
            Function<Recipe, Dataset> data,
            BiFunction<SharedSetup, Recipe, String> objection) {
        this.group = group;
        this.device = device;
        this.data = data;
        this.objection = objection;
    }

    /** Follows until rank 0 says that all is done, which this returns. */
    ProcessGroup.Said follow() {
        ProcessGroup.Said said = group.say(0, new byte[0]);
        while (Word.of(said) == Word.SETUP) {
            said = train(SharedSetup.of(said.bytes()));
        }
        return said;
    }

    private ProcessGroup.Said train(SharedSetup shared) {
        Recipe recipe = Recipes.parse(shared.recipe(), "rank 0", Map.of());
        TrainingSetup setup = new TrainingSetup(
                shared.seed(),
                shared.singleStream(),
                device,
                shared.arithmetic(),
                Optional.of(new Processes(group, shared.synchronizeStatistics())));
        Training built = null;
        String problem = objection.apply(shared, recipe);
        try {
            if (problem.isEmpty()) {
                Dataset own = data.apply(recipe);
                problem = own.fingerprint().equals(shared.fingerprint())
                        ? ""
                        : own.name() + " is not the data of rank 0; give the same to all";
                built = problem.isEmpty() ? recipe.train(own, setup) : null;
            }
        } catch (RuntimeException refused) {
            problem = String.valueOf(refused.getMessage());
        }
        try (Training training = built) {
            SharedSetup.requireNoProblem(group, problem);
            if (training == null) {
                throw new IllegalStateException("a training that nobody objects to was not built");
            }
            return new Following(group, setup.seed(), training.step(), training.loader(), training.state()).follow();
        }
    }

    /** How a process was begun otherwise than rank 0. */
    static String difference(Recipe own, long seed, SharedSetup shared, Recipe first) {
        List<RecipeDifference> differences = RecipeDifference.between(first, own);
        if (!differences.isEmpty()) {
            RecipeDifference one = differences.get(0);
            return "its recipe differs from that of rank 0: " + one.setting() + " is " + one.second() + " but "
                    + one.first() + " on rank 0; give the same to all";
        }
        return seed == shared.seed()
                ? ""
                : "its seed is " + seed + " but " + shared.seed() + " on rank 0; give the same to all";
    }
}

package org.saddlepoint.recipes;

import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.models.ConditionShape;
import org.saddlepoint.models.DiscriminatorConditioning;
import org.saddlepoint.models.GeneratorConditioning;
import org.saddlepoint.models.NetworkConditioning;
import org.saddlepoint.objectives.AuxiliaryClassification;
import org.saddlepoint.training.ConditionPlan;

/**
 * What a recipe asks its networks for, and how they take it.
 *
 * @param on what of the data that is
 * @param generator how the generator takes it
 * @param discriminator how the discriminator takes it
 * @param classification weights of the losses of an auxiliary classifier; without effect on other discriminators
 * @param generatorLabels what the generator is asked for in its own updates
 * @param balancedBatches whether the classes take turns in batches of the data, however many examples they have
 * @param labelDropout probability with which a label is replaced by that for no label, in [0, 1)
 */
public record ConditioningConfig(
        On on,
        GeneratorConditioning generator,
        DiscriminatorConditioning discriminator,
        AuxiliaryClassification classification,
        ConditionPlan.GeneratorLabels generatorLabels,
        boolean balancedBatches,
        double labelDropout) {
    /** Nothing is asked: what recipes without this setting do. */
    public static final ConditioningConfig NONE = new ConditioningConfig(
            On.NOTHING,
            new GeneratorConditioning.None(),
            new DiscriminatorConditioning.None(),
            AuxiliaryClassification.NONE,
            ConditionPlan.GeneratorLabels.DATA,
            false,
            0);

    /** What of the data is asked for. */
    public enum On {
        /** Nothing, whatever the data has. */
        NOTHING,
        /** The class of each example. */
        LABELS,
        /** The numbers that describe each example. */
        VECTORS,
        /** The cluster of each picture, which is found when training begins; labels are ignored. */
        CLUSTERS;

        /** Whether it is a class of each example, whoever named it. */
        public boolean isOfClasses() {
            return this == LABELS || this == CLUSTERS;
        }
    }

    public ConditioningConfig {
        requireWay("generator", on, !(generator instanceof GeneratorConditioning.None));
        requireWay("discriminator", on, !(discriminator instanceof DiscriminatorConditioning.None));
        if (!on.isOfClasses()) {
            boolean balanced = generatorLabels == ConditionPlan.GeneratorLabels.BALANCED;
            if (balanced || balancedBatches || labelDropout != 0) {
                throw new IllegalArgumentException(
                        "generatorLabels: balanced, balancedBatches and labelDropout need on: labels or clusters"
                                + " but it was " + RecipeYaml.word(on));
            }
        }
        if (discriminator instanceof DiscriminatorConditioning.AuxiliaryClassifier
                && classification.real() + classification.fake() == 0) {
            throw new IllegalArgumentException("an auxiliary classifier learns nothing with classification.real and"
                    + " classification.fake 0; make one of them 1");
        }
        new ConditionPlan(generatorLabels, labelDropout); // checks their bounds
    }

    private static void requireWay(String network, On on, boolean given) {
        if (given && on == On.NOTHING) {
            throw new IllegalArgumentException(network + ".way was given but there is nothing to take; set on: labels");
        }
        if (!given && on != On.NOTHING) {
            throw new IllegalArgumentException(
                    network + ".way must be one of the ways to take " + RecipeYaml.word(on) + " but was none");
        }
    }

    /** The part of it that a step needs. */
    ConditionPlan plan() {
        return new ConditionPlan(generatorLabels, labelDropout);
    }

    /** The part of it that networks need, for data with this many classes, and vectors of this many numbers. */
    NetworkConditioning networks(int classes, int vectorSize) {
        ConditionShape shape =
                switch (on) {
                    case NOTHING -> ConditionShape.none();
                    case LABELS, CLUSTERS -> new ConditionShape.Classes(classes, labelDropout > 0);
                    case VECTORS -> new ConditionShape.Vector(vectorSize);
                };
        return new NetworkConditioning(shape, generator, discriminator);
    }

    /**
     * Checks that the data has what is asked for.
     *
     * @throws RecipeException if not; names the data and the remedy
     */
    void require(String recipe, Dataset data) {
        if (on == On.CLUSTERS
                && !data.classNames().equals(Clusters.names(data.classNames().size()))) {
            throw new RecipeException("the recipe " + recipe + " learns from clusters, but those of " + data.name()
                    + " were not found yet; train what prepare of the recipe makes of the data");
        } else if (on.isOfClasses()) {
            requireLabels(recipe, data);
        } else if (on == On.VECTORS && data.vectorNames().isEmpty()) {
            throw new RecipeException("the recipe " + recipe + " asks for vectors, but " + data.name()
                    + " has none; give data whose examples numbers describe, as in a CSV file, or train a recipe without"
                    + " a condition, such as " + Recipes.DEFAULT);
        }
    }

    private static void requireLabels(String recipe, Dataset data) {
        if (data.classNames().isEmpty()) {
            throw new RecipeException("the recipe " + recipe + " asks for labels, but " + data.name()
                    + " has none; give data with labels, such as digits, idx:IMAGES,LABELS or a folder with one folder a"
                    + " class, or train a recipe without a condition, such as " + Recipes.DEFAULT);
        }
        int[] counts = new int[data.classNames().size()];
        int unlabelled = 0;
        for (int i = 0; i < data.size(); i++) {
            int label = data.label(i).orElse(-1);
            if (label < 0) {
                unlabelled++;
            } else if (label >= counts.length) {
                throw new RecipeException(
                        data.name() + ": example " + i + " has the label " + label + ", but there are " + counts.length
                                + " classes, so labels must be in [0, " + (counts.length - 1) + "]");
            } else {
                counts[label]++;
            }
        }
        if (unlabelled > 0) {
            throw new RecipeException("the recipe " + recipe + " asks for labels, but " + unlabelled + " of the "
                    + data.size() + " examples of " + data.name() + " have none; label them or leave them out");
        }
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] == 0) {
                throw new RecipeException("the class " + data.classNames().get(label) + " of " + data.name()
                        + " has no example, so that the recipe " + recipe
                        + " could not learn it; add examples or leave the class out");
            }
        }
    }
}

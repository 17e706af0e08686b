package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataTraits.Kind;
import org.saddlepoint.views.DiffAugment;

/** Each rule of the choice by itself. */
class RecipeChoiceTest {
    private static final int[] GREY = {1, 28, 28};

    private static DataTraits pictures(int examples, int classes, int fewest, int unlabelled) {
        return new DataTraits("photos", Kind.PICTURES, examples, classes, fewest, unlabelled, GREY, 0.4);
    }

    private static RecipeChoice choose(DataTraits traits) {
        return RecipeChoice.of(traits, OptionalDouble.empty());
    }

    @Test
    void labelledPicturesAreConditional() {
        RecipeChoice choice = RecipeChoice.of(pictures(10_000, 10, 900, 0), OptionalDouble.of(2));
        assertThat(choice.line())
                .isEqualTo("recipe: " + Recipes.DEFAULT_FOR_LABELS
                        + " (10,000 grey pictures of 28 × 28 with 10 classes, 2 minutes)");
        assertThat(choice.notes()).isEmpty();
        assertThat(RecipeChoice.of(pictures(10_000, 10, 900, 0), OptionalDouble.of(1))
                        .reason())
                .endsWith(", 1 minute");
        assertThat(RecipeChoice.of(pictures(10_000, 10, 900, 0), OptionalDouble.of(0.5))
                        .reason())
                .endsWith(", 0.5 minutes");
        assertThat(choose(pictures(20_000, 1000, 10, 0)).recipe()).isEqualTo(Recipes.DEFAULT_FOR_LABELS);
    }

    @Test
    void unlabelledPicturesAreConditionalOnClusters() {
        RecipeChoice choice =
                choose(new DataTraits("photos", Kind.PICTURES, 5000, 0, 0, 0, new int[] {3, 48, 64}, 0.4));
        assertThat(choice.line()).isEqualTo("recipe: dcgan-clusters (5,000 colour pictures of 64 × 48 without labels)");
        assertThat(choice.notes()).isEmpty();
        assertThat(choose(pictures(5000, 1, 5000, 0)).reason()).endsWith("of one class");
    }

    @Test
    void labelsThatAreAllDifferentAreNotUsed() {
        RecipeChoice choice = choose(pictures(2000, 2000, 1, 0));
        assertThat(choice.recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(choice.reason()).endsWith("whose labels are not used");
        assertThat(choice.notes())
                .containsExactly(
                        "the labels are not used: each picture has a class of its own; to use them all the same"
                                + " name a recipe, such as " + Recipes.DEFAULT_FOR_LABELS);
    }

    @Test
    void classesNeedExamples() {
        assertThat(choose(pictures(2000, 5, 10, 0)).recipe()).isEqualTo(Recipes.DEFAULT_FOR_LABELS);
        RecipeChoice choice = choose(pictures(2000, 5, 9, 0));
        assertThat(choice.recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(choice.notes()).singleElement().asString().contains("a class has 9 pictures");
        RecipeChoice many = choose(pictures(20_000, 1001, 10, 0));
        assertThat(many.recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(many.notes()).singleElement().asString().contains("1,001 classes are more than 1,000");
    }

    @Test
    void allPicturesNeedLabels() {
        RecipeChoice choice = choose(pictures(2000, 5, 300, 1));
        assertThat(choice.recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(choice.notes()).singleElement().asString().contains("1 of 2,000 pictures have none");
    }

    @Test
    void fewPicturesAreSaidAndVeryFewRefused() {
        assertThat(choose(pictures(999, 0, 0, 0)).notes())
                .singleElement()
                .asString()
                .startsWith("999 pictures are few");
        assertThat(choose(pictures(1000, 0, 0, 0)).notes()).isEmpty();
        assertThat(choose(pictures(100, 0, 0, 0)).notes())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("100 pictures are few");
        assertThat(choose(pictures(99, 0, 0, 0)).notes())
                .hasSize(2)
                .first()
                .isEqualTo("99 pictures are too few to learn from: expect copies; a GAN makes sense from some"
                        + " hundred, and does well from some thousand");
        assertThat(choose(pictures(200, 0, 0, 0)).recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(choose(pictures(199, 0, 0, 0)).recipe()).isEqualTo(Recipes.DEFAULT);
        assertThat(choose(pictures(2, 0, 0, 0)).recipe()).isEqualTo(Recipes.DEFAULT);
        assertThatThrownBy(() -> choose(pictures(1, 0, 0, 0)))
                .isInstanceOf(RecipeException.class)
                .hasMessage("photos has 1 picture, too few to learn from: a GAN makes sense from some hundred, and does"
                        + " well from some thousand; add pictures");
    }

    @Test
    void fewPicturesAreAugmentedIfThereIsTimeToLearnThemByHeart() {
        RecipeChoice choice = RecipeChoice.of(pictures(1890, 0, 0, 0), OptionalDouble.of(15));
        assertThat(choice.recipe()).isEqualTo(Recipes.DEFAULT_FOR_UNLABELLED);
        assertThat(choice.notes())
                .containsExactly(
                        "what the discriminator sees is augmented (--set 'views.augment={view: diff-augment}'),"
                                + " since it would learn so few pictures by heart in this time");
        assertThat(Recipes.load(choice.recipe(), choice.settings()))
                .isInstanceOfSatisfying(GanRecipe.class, recipe -> assertThat(recipe.views())
                        .isEqualTo(Map.of("augment", new DiffAugment(true, true, true))));
        assertThat(RecipeChoice.of(pictures(1890, 10, 100, 0), OptionalDouble.of(6))
                        .settings())
                .as("with labels")
                .isNotEmpty();
        assertThat(RecipeChoice.of(pictures(1890, 0, 0, 0), OptionalDouble.of(5))
                        .settings())
                .isEmpty();
        assertThat(RecipeChoice.of(pictures(5000, 0, 0, 0), OptionalDouble.of(15))
                        .settings())
                .isEmpty();
        assertThat(RecipeChoice.of(pictures(4999, 0, 0, 0), OptionalDouble.of(14))
                        .settings())
                .isEmpty();
        assertThat(RecipeChoice.of(pictures(4999, 0, 0, 0), OptionalDouble.of(15))
                        .settings())
                .isNotEmpty();
        assertThat(RecipeChoice.of(pictures(100, 0, 0, 0), OptionalDouble.of(0.5))
                        .settings())
                .isNotEmpty();
        assertThat(choose(pictures(1890, 0, 0, 0)).settings()).isEmpty();
        assertThat(choose(pictures(667, 0, 0, 0)).settings()).isEmpty();
        assertThat(choose(pictures(666, 0, 0, 0)).settings()).isNotEmpty();
    }

    @Test
    void picturesThatAreAllTheSameAreSaid() {
        DataTraits same = new DataTraits("photos", Kind.PICTURES, 5000, 0, 0, 0, GREY, 0.9995);
        assertThat(choose(same).notes()).singleElement().asString().contains("nearly the same: 100.0 %");
    }

    @Test
    void pointsAndPairsHaveTheirOwn() {
        DataTraits points = new DataTraits("ring8", Kind.POINTS, 12, 0, 0, 0, new int[] {2}, 0);
        assertThat(choose(points).line()).isEqualTo("recipe: gan-points (12 points of 2 numbers)");
        int[] two = {3, 64, 64, 3, 64, 64};
        assertThat(choose(new DataTraits("a", Kind.PAIRS, 400, 0, 0, 0, two, 0)).line())
                .isEqualTo("recipe: pix2pix-small (400 times two pictures of 64 × 64, pairs)");
        assertThat(choose(new DataTraits("a", Kind.UNPAIRED, 400, 0, 0, 0, two, 0))
                        .recipe())
                .isEqualTo("cyclegan-small");
    }

    @Test
    void embeddedDataIsLookedAt() {
        try (Dataset digits = DataSources.open("digits", DataOptions.DEFAULT)) {
            DataTraits traits = DataTraits.of(digits);
            assertThat(traits.kind()).isEqualTo(Kind.PICTURES);
            assertThat(traits.examples()).isEqualTo(10_000);
            assertThat(traits.classes()).isEqualTo(10);
            assertThat(traits.fewestPerClass()).isBetween(500, 1000);
            assertThat(traits.unlabelled()).isZero();
            assertThat(traits.likeness()).isBetween(0.2, 0.7);
        }
        try (Dataset ring = DataSources.open("ring8", DataOptions.DEFAULT)) {
            assertThat(DataTraits.of(ring).kind()).isEqualTo(Kind.POINTS);
        }
    }
}

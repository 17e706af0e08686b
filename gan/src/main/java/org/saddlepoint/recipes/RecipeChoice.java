package org.saddlepoint.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.saddlepoint.clustering.ClusterConfig;
import org.saddlepoint.data.Dataset;

/**
 * The recipe for data where the user names none, and why.
 *
 * @param recipe its name
 * @param settings what of it is changed for these data, as {@link Recipes#load(String, Map)} takes it
 * @param reason what of the data and the budget decides, such as {@code 10,000 grey pictures of 28 × 28 with 10 classes}
 * @param notes what the user may want to know beside, one line each
 */
public record RecipeChoice(String recipe, Map<String, String> settings, String reason, List<String> notes) {
    /** Classes with fewer examples than this cannot be learned on their own. */
    static final int FEWEST_PER_CLASS = 10;

    /** With more classes, a class is asked for by a number that few examples explain. */
    static final int MOST_CLASSES = 1000;

    /** Fewer pictures are refused: there is nothing to learn from one. */
    static final int FEWEST_PICTURES = 2;

    /** With fewer pictures the result is copies: the smallest sets that GANs are trained on have about as many. */
    static final int TOO_FEW_PICTURES = 100;

    /**
     * Below this, D soon knows the pictures by heart (Karras et al. 2020, "Training Generative Adversarial Networks with Limited
     * Data", section 2; 100 is the smallest set of Zhao et al. 2020, who train by augmentation).
     */
    static final int FEW_PICTURES = 1000;

    /**
     * Fewer pictures are augmented, if there is time to see each some hundred times: of 1,890 emoji augmentation halved the FID after
     * 9,000 steps, and had not paid off after 2,000; of 100 faces it makes no difference after 600 steps, and quarters
     * the FID after 6,000 (docs/quality.md).
     */
    static final int AUGMENTED_PICTURES = 5000;

    /** Time in which two cores see a thousand pictures some hundred times. */
    static final double AUGMENTED_MINUTES_PER_THOUSAND = 3;

    /** How long recipes for pictures train on two cores where no time is given. */
    private static final double USUAL_MINUTES = 2;

    private static final Map<String, String> AUGMENTATION = Map.of("views.augment", "{view: diff-augment}");

    /** One case of the choice; the first that applies decides. */
    private record Rule(Predicate<DataTraits> applies, String recipe, Function<DataTraits, String> words) {}

    private static final List<Rule> RULES = List.of(
            new Rule(traits -> traits.kind() == DataTraits.Kind.PAIRS, Recipes.DEFAULT_FOR_PAIRS, traits -> "pairs"),
            new Rule(
                    traits -> traits.kind() == DataTraits.Kind.UNPAIRED,
                    Recipes.DEFAULT_FOR_UNPAIRED,
                    traits -> "unpaired"),
            new Rule(traits -> traits.kind() == DataTraits.Kind.POINTS, Recipes.DEFAULT_FOR_POINTS, traits -> ""),
            new Rule(
                    RecipeChoice::hasUsefulLabels,
                    Recipes.DEFAULT_FOR_LABELS,
                    traits -> String.format(Locale.ROOT, "with %,d classes", traits.classes())),
            new Rule(
                    traits -> traits.examples() >= ClusterConfig.FEWEST_PICTURES,
                    Recipes.DEFAULT_FOR_UNLABELLED,
                    RecipeChoice::whyUnlabelled),
            new Rule(traits -> true, Recipes.DEFAULT, RecipeChoice::whyUnlabelled));

    public RecipeChoice {
        settings = Map.copyOf(settings);
        notes = List.copyOf(notes);
    }

    /**
     * Chooses.
     *
     * @param data opened in any way that fits its kind
     * @param minutes how long the training may take, if that is known
     * @throws RecipeException if there are too few pictures to learn from; says from how many it makes sense
     */
    public static RecipeChoice of(Dataset data, OptionalDouble minutes) {
        return of(DataTraits.of(data), minutes);
    }

    static RecipeChoice of(DataTraits traits, OptionalDouble minutes) {
        Rule rule = RULES.stream()
                .filter(each -> each.applies().test(traits))
                .findFirst()
                .orElseThrow();
        if (traits.kind() == DataTraits.Kind.PICTURES && traits.examples() < FEWEST_PICTURES) {
            throw new RecipeException(traits.name() + " has " + pictures(traits.examples())
                    + ", too few to learn from: a GAN makes sense from some hundred, and does well from some thousand; add"
                    + " pictures");
        }
        String words = rule.words().apply(traits);
        String reason = traits.describe()
                + (words.isEmpty() ? "" : " " + words)
                + (minutes.isPresent() ? ", " + minutes(minutes.getAsDouble()) : "");
        boolean augment = augments(traits, minutes);
        List<String> notes = notes(traits);
        if (augment) {
            notes.add("what the discriminator sees is augmented (" + String.join(" ", flags(AUGMENTATION))
                    + "), since it would learn so few pictures by heart in this time");
        }
        return new RecipeChoice(rule.recipe(), augment ? AUGMENTATION : Map.of(), reason, notes);
    }

    private static boolean augments(DataTraits traits, OptionalDouble minutes) {
        return traits.kind() == DataTraits.Kind.PICTURES
                && traits.examples() < AUGMENTED_PICTURES
                && 1000 * minutes.orElse(USUAL_MINUTES) >= AUGMENTED_MINUTES_PER_THOUSAND * traits.examples();
    }

    private static List<String> flags(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "--set '" + setting.getKey() + "=" + setting.getValue() + "'")
                .toList();
    }

    /** The choice in one line. */
    public String line() {
        return "recipe: " + recipe + " (" + reason + ")";
    }

    private static boolean hasUsefulLabels(DataTraits traits) {
        return traits.kind() == DataTraits.Kind.PICTURES
                && traits.classes() >= 2
                && traits.classes() <= MOST_CLASSES
                && traits.unlabelled() == 0
                && traits.fewestPerClass() >= FEWEST_PER_CLASS;
    }

    private static String whyUnlabelled(DataTraits traits) {
        if (traits.classes() == 0) {
            return "without labels";
        }
        if (traits.classes() == 1) {
            return "of one class";
        }
        return "whose labels are not used";
    }

    private static List<String> notes(DataTraits traits) {
        List<String> notes = new ArrayList<>();
        if (traits.kind() != DataTraits.Kind.PICTURES) {
            return notes;
        }
        if (traits.classes() > 1 && !hasUsefulLabels(traits)) {
            notes.add("the labels are not used: " + whyNotUsed(traits)
                    + "; to use them all the same name a recipe, such as " + Recipes.DEFAULT_FOR_LABELS);
        }
        if (traits.examples() < TOO_FEW_PICTURES) {
            notes.add(pictures(traits.examples())
                    + " are too few to learn from: expect copies; a GAN makes sense from some hundred, and does well from"
                    + " some thousand");
        } else if (traits.examples() < FEW_PICTURES) {
            notes.add(pictures(traits.examples())
                    + " are few: expect little variety and copies; a GAN does well from some thousand");
        }
        if (traits.likeness() > DataTraits.NEARLY_EQUAL) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the pictures are nearly the same: %.1f %% of what is in them is their mean; is it the right data?",
                    100 * traits.likeness()));
        }
        return notes;
    }

    private static String whyNotUsed(DataTraits traits) {
        if (traits.unlabelled() > 0) {
            return String.format(Locale.ROOT, "%,d of %,d pictures have none", traits.unlabelled(), traits.examples());
        }
        if (traits.classes() == traits.examples()) {
            return "each picture has a class of its own";
        }
        if (traits.classes() > MOST_CLASSES) {
            return String.format(Locale.ROOT, "%,d classes are more than %,d", traits.classes(), MOST_CLASSES);
        }
        return "a class has " + traits.fewestPerClass() + (traits.fewestPerClass() == 1 ? " picture" : " pictures")
                + ", and less than " + FEWEST_PER_CLASS + " teach nothing of it";
    }

    private static String pictures(int count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d picture" : "%,d pictures", count);
    }

    private static String minutes(double minutes) {
        String number = minutes == Math.rint(minutes)
                ? Long.toString((long) minutes)
                : String.format(Locale.ROOT, "%.2f", minutes).replaceAll("0+$", "");
        return number + (minutes == 1 ? " minute" : " minutes");
    }
}

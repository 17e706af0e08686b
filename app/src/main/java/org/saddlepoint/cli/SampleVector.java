package org.saddlepoint.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.saddlepoint.models.Conditioning;
import org.saddlepoint.recipes.ConditioningConfig;
import org.saddlepoint.recipes.GanRecipe;
import org.saddlepoint.run.RunManifest;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** The numbers of {@code --vector}, which all samples are asked for. */
final class SampleVector {
    private SampleVector() {}

    /**
     * The numbers; empty for runs that are not asked for any.
     *
     * @throws UsageException if they are missing, are not numbers, or do not fit the run
     */
    static float[] parse(@Nullable String text, GanRecipe recipe, RunManifest manifest) {
        List<String> names = manifest.data().vectorNames();
        if (recipe.conditioning().on() != ConditioningConfig.On.VECTORS) {
            if (text != null) {
                throw new UsageException(
                        "--vector: the recipe " + recipe.name() + " asks for no numbers; leave it out");
            }
            return new float[0];
        }
        String expected = names.size() + (names.size() == 1 ? " number: " : " numbers: ") + String.join(",", names);
        if (text == null) {
            throw new UsageException("--vector is needed, since this run is asked for " + expected);
        }
        String[] words = text.split(",", -1);
        if (words.length != names.size()) {
            throw new UsageException("--vector: expected " + expected + " but was \"" + text + "\"");
        }
        float[] numbers = new float[words.length];
        for (int i = 0; i < words.length; i++) {
            numbers[i] = number(words[i], expected);
        }
        return numbers;
    }

    private static float number(String word, String expected) {
        try {
            float number = Float.parseFloat(word.strip());
            if (Float.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as infinity is.
        }
        throw new UsageException("--vector: expected " + expected + " but one was \"" + word + "\"");
    }

    /** The same for each of so many samples, in the current scope. */
    static Conditioning conditions(float[] numbers, int samples) {
        try (TensorScope scratch = TensorScope.open()) {
            return new Conditioning.Vectors(
                    scratch.promote(Tensors.of(numbers, 1, numbers.length).expand(samples, numbers.length)));
        }
    }
}

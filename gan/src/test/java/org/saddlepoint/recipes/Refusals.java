package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Checks of refusals: one line in the words of a recipe. */
final class Refusals {
    private Refusals() {}

    static void requireRefused(String recipe, Map<String, String> settings, String... words) {
        requireRefused(() -> Recipes.gan(recipe, settings), words)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("org.saddlepoint"));
    }

    static AbstractThrowableAssert<?, ?> requireRefused(ThrowingCallable call, String... words) {
        return assertThatThrownBy(call)
                .isInstanceOf(RecipeException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words))
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("java.", "com.fasterxml"));
    }
}

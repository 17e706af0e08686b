package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Complete settings with where each comes from. */
class RecipeListingTest {
    static List<String> names() {
        return Recipes.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aListingIsTheCompleteRecipeWithAReasonForEverySetting(String name) {
        String listing = RecipeListing.of(name).text();
        assertThat(Recipes.parse(listing, "listing", Map.of())).isEqualTo(Recipes.load(name, Map.of()));
        assertThat(listing.lines().filter(line -> line.matches(" *[A-Za-z0-9]+: +[^ ].*")))
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.matches("(format|name|summary): .*|.* # (own|default): .+"));
    }

    @Test
    void eachSettingSaysWhoseItIs() {
        RecipeListing listing = RecipeListing.of("gngan");
        assertThat(listing.own())
                .containsEntry("discriminator.widening", "[code]")
                .containsEntry("objective.loss", "[code] loss")
                .doesNotContainKeys("network.growth", "constraints.gn.zeta");
        assertThat(listing.text())
                .startsWith("# Wu et al. (2021), ")
                .contains(
                        "  growth: constant                    # default: Miyato et al. (2018), for CIFAR-10\n",
                        "    zeta: absolute                    # default: Wu et al. (2021), theorem 6",
                        "  beta1: 0                            # default: both players learn alike\n",
                        "constraints:\n  gn:\n    method: gradient-normalization    # own: [paper] theorem 6\n");
    }
}

package org.saddlepoint.recipes;

import java.util.List;

/** What recipes are for. Each recipe that comes with Saddlepoint is in one group: this is the list of them. */
public enum RecipeGroup {
    /** Pictures that are drawn from latents, without a condition. */
    PICTURES(
            "pictures, in minutes on two cores",
            Recipes.DEFAULT,
            Recipes.DEFAULT_FOR_UNLABELLED,
            "gan",
            "gan-noise",
            "lsgan",
            "fgan-kl",
            "fgan-reverse-kl",
            "fgan-pearson",
            "fgan-hellinger",
            "fgan-js",
            "fgan-gan",
            "wgan",
            "wgan-gp",
            "dragan",
            "r1gan",
            "rpgan",
            "r3gan-small",
            "stylegan2-small"),

    /** Pictures of a class that is asked for. */
    CONDITIONAL(
            "pictures of a class that is asked for, in minutes on two cores",
            Recipes.DEFAULT_FOR_LABELS,
            "cdcgan",
            "acgan",
            "cgan",
            "gngan-conditional",
            "biggan-small"),

    /** From pictures to pictures. */
    TRANSLATION("translation of pictures, in half an hour", Recipes.DEFAULT_FOR_PAIRS, Recipes.DEFAULT_FOR_UNPAIRED),

    /** Points of two or more numbers. */
    POINTS(
            "points",
            Recipes.DEFAULT_FOR_POINTS,
            "wgan-points",
            "wgan-gp-points",
            "sngan-points",
            "gngan-points",
            "r1gan-points"),

    /** With the papers' networks and lengths. */
    IN_FULL(
            "papers in full, for a GPU or patience",
            "dcgan",
            "sngan",
            "gngan",
            "gngan-cr",
            "sngan-cnn",
            "gngan-cnn",
            "gngan-256",
            "cgan-projection",
            "wgan-gp-conditional",
            "gngan-biggan",
            "sagan",
            "biggan",
            "stylegan2",
            "stylegan2-ada",
            "r3gan",
            "fastgan",
            "pix2pix",
            "cyclegan");

    private final String title;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is, whatever its type says
    private final List<String> names;

    RecipeGroup(String title, String... names) {
        this.title = title;
        this.names = List.of(names);
    }

    /** Such as {@code "points"}. */
    public String title() {
        return title;
    }

    /** Names of the recipes, those first that are chosen when the user names none. */
    public List<String> names() {
        return names;
    }
}

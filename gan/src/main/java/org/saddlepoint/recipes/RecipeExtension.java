package org.saddlepoint.recipes;

/**
 * Words for recipes from another library: its objectives, constraints, optimizers or networks.
 *
 * <p>A jar on the class path that names an implementation in {@code META-INF/services} of this interface is enough: the
 * command line, and whoever reads or writes a recipe, then knows the words. A program may instead call
 * {@link RecipeWords#register}.
 */
public interface RecipeExtension {
    /**
     * Registers the words. Called once, before the first recipe is read or written.
     *
     * @throws RecipeException if a word or a class is taken
     */
    void register(Words words);

    /** Takes words. */
    interface Words {
        /**
         * A word for a record, whose settings have no defaults.
         *
         * @param kind such as {@code Constraint.class}
         * @throws RecipeException if the word or the class is taken
         */
        <T> void add(Class<T> kind, String word, Class<? extends T> record);

        /**
         * A word for the record class of this value, whose settings are the defaults.
         *
         * @throws RecipeException if the word or the class is taken
         */
        <T> void add(Class<T> kind, String word, T defaults);
    }
}

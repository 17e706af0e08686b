package org.saddlepoint.studio.lab;

import java.util.List;
import org.saddlepoint.studio.server.RefusedException;

/**
 * An experiment that a browser may begin. The command line tells which there are, and runs them.
 *
 * @param name of the command below {@code lab}
 * @param title what it shows, in one line
 * @param explanation what was done, what the figure shows and why, as Markdown
 * @param settings what may be changed
 */
public record LabExperiment(String name, String title, String explanation, List<Setting> settings) {
    /** What a setting takes. */
    public enum Kind {
        /** A whole number. */
        WHOLE,
        /** A number. */
        NUMBER,
        /** One of some words. */
        WORD
    }

    /**
     * What may be changed.
     *
     * @param option of the command, such as {@code --gradient-steps}
     * @param description in one line
     * @param words that it takes, if it takes words
     * @param value what it is unless it is changed
     */
    public record Setting(String option, String description, Kind kind, List<String> words, String value) {
        public Setting {
            words = List.copyOf(words);
        }

        /**
         * The option with a value, as one word of a command.
         *
         * @throws RefusedException if it does not take the value
         */
        String with(String given) {
            boolean fits =
                    switch (kind) {
                        case WHOLE -> given.matches("-?\\d{1,9}");
                        case NUMBER -> given.matches("-?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
                        case WORD -> words.contains(given);
                    };
            if (!fits) {
                String expected =
                        kind == Kind.WORD ? "one of " + words : kind == Kind.WHOLE ? "a whole number" : "a number";
                throw RefusedException.wrong(option + " must be " + expected + " but was \"" + given + "\"");
            }
            return option + "=" + given;
        }
    }

    public LabExperiment {
        settings = List.copyOf(settings);
    }
}

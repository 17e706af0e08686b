package org.saddlepoint.cli;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This program as a command that starts it again. */
final class ThisProgram {
    private ThisProgram() {}

    /** Settings of Java that are given in one word, with commas between them. */
    static List<String> settings(String given) {
        return given.isEmpty() ? List.of() : List.of(given.split(",", -1));
    }

    /** With these arguments, by the same Java with the same settings. */
    static List<String> command(List<String> arguments) {
        return command(List.of(), arguments);
    }

    /** @param settings of Java, behind those of this process, so that they count where both say something */
    static List<String> command(List<String> settings, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(settings);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(arguments);
        return words;
    }
}

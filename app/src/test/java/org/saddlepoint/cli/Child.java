package org.saddlepoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands as processes of their own, which can be told to end, or killed. */
final class Child {
    /** An honest process of a test ends long before, on whatever machine; one that takes longer hangs. */
    static final long LONGEST_MINUTES = 10;

    private Child() {}

    /** Ends a process and those that it started, and waits until they write nothing any more. */
    static void end(Process process) {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(each -> each.onExit().join());
    }

    /** Waits for its end, and answers whether it came. */
    static boolean ends(Process process) throws InterruptedException {
        return process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES);
    }

    /**
     * Starts a command.
     *
     * @param output what it prints of both kinds is added to this file
     */
    static Process start(Path output, List<String> arguments) throws IOException {
        return start(output, Path.of("").toAbsolutePath(), arguments);
    }

    /** As {@link #start(Path, List)}, in this working directory. */
    static Process start(Path output, Path directory, List<String> arguments) throws IOException {
        return builder(output, List.of(), arguments)
                .directory(directory.toFile())
                .start();
    }

    /**
     * A command that can be given a folder and an environment.
     *
     * @param output what it prints of both kinds is added to this file
     * @param options of Java
     */
    static ProcessBuilder builder(Path output, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.awt.headless=true",
                "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
                "-Dorg.bytedeco.javacpp.maxBytes=0",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    }
}

package org.saddlepoint.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/** Runs commands in this process, as a user would type them, and keeps what they print. */
final class Cli {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a command printed, and its exit code. */
    record Result(int code, String out, String err) {
        /** Each line of standard output, which must be JSON and nothing else. */
        List<JsonNode> json() {
            return out.lines().map(Cli::parse).toList();
        }
    }

    private Cli() {}

    static Result run(String... arguments) {
        return captured(() -> Main.run(arguments));
    }

    /** Runs a command that answers its exit code. */
    static Result captured(IntSupplier command) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try (PrintStream newOut = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
                PrintStream newErr = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
            System.setOut(newOut);
            System.setErr(newErr);
            int code = command.getAsInt();
            newOut.flush();
            newErr.flush();
            return new Result(
                    code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Trains tiny networks on one thread, with these arguments on top. */
    static Result train(Path out, String... arguments) {
        List<String> all = new ArrayList<>(List.of("train"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--out",
                out.toString(),
                "--set",
                "generator.width=4",
                "--set",
                "discriminator.width=4",
                "--batch-size",
                "8",
                "--threads",
                "1"));
        return run(all.toArray(String[]::new));
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    static JsonNode parse(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /** All that is in a folder, by relative path. */
    static List<String> tree(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    static byte[] generator(Path run, long step) throws IOException {
        return Files.readAllBytes(run.resolve(String.format("checkpoints/%06d/generator.safetensors", step)));
    }
}

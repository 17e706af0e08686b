package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.places.NativeLibraries;
import org.saddlepoint.tensor.Engine;

/**
 * Processes of users without a home, a cache or a locale. Java's home of a user who has a number alone is "?", which is
 * given here. The native libraries are not unpacked anew: links lead to those of the tests.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its users have homes, and links need privileges")
class PlacesTest {
    private static final String UNKNOWN = "-Duser.home=?";
    private static final List<String> TRAIN =
            List.of("train", "--data", "ring8", "--steps", "1", "--threads", "1", "--out", "a run");

    private record Result(int code, List<String> lines) {}

    private final List<Process> processes = new ArrayList<>();

    @TempDir
    private Path temp;

    private Path work;

    @BeforeEach
    void folders() throws IOException {
        Engine.load();
        work = Files.createDirectory(temp.resolve("work"));
    }

    private ProcessBuilder command(List<String> options, List<String> arguments) {
        ProcessBuilder builder =
                Child.builder(temp.resolve("output"), options, arguments).directory(work.toFile());
        List.of("HOME", "XDG_CACHE_HOME", "SADDLEPOINT_CACHE", "LANG", "LC_ALL", "LC_CTYPE")
                .forEach(builder.environment()::remove);
        return builder;
    }

    private Process started(ProcessBuilder command) throws IOException {
        Process process = command.start();
        processes.add(process);
        return process;
    }

    /** Whatever a test found, nothing of it runs on. */
    @AfterEach
    void endAll() {
        processes.forEach(Child::end);
    }

    private Result run(ProcessBuilder command) throws Exception {
        Process process = started(command);
        assertThat(Child.ends(process)).isTrue();
        return new Result(process.exitValue(), Files.readAllLines(temp.resolve("output")));
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(work)) {
            return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
        }
    }

    @Test
    void anUnknownUserHasTheHomeOfTheEnvironment() throws Exception {
        Path home = temp.resolve("home");
        Files.createDirectories(home.resolve(".javacpp"));
        Files.createSymbolicLink(home.resolve(".javacpp/cache"), NativeLibraries.folder());
        ProcessBuilder command = command(List.of(UNKNOWN), TRAIN);
        command.environment().put("HOME", home.toString());
        Result result = run(command);
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(entries()).as("no folder called \"?\"").containsExactly("a run");
        assertThat(result.lines()).contains("draw more with: saddlepoint sample 'a run'");
    }

    @Test
    void anUnknownUserWithoutAHomeIsToldOfTheTemporaryFolder() throws Exception {
        Path tmp = Files.createDirectory(temp.resolve("tmp"));
        Path own = Files.createDirectory(
                tmp.resolve("saddlepoint-" + Files.getOwner(tmp).getName()));
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(own.resolve("native"), NativeLibraries.folder());
        Result result = run(command(List.of(UNKNOWN, "-Djava.io.tmpdir=" + tmp), TRAIN));
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(entries()).containsExactly("a run");
        assertThat(result.lines().get(0))
                .endsWith("the native libraries are kept in " + own.resolve("native")
                        + ", since HOME is not set; set SADDLEPOINT_CACHE to a folder that stays");
    }

    @Test
    void aCacheThatCannotBeWrittenIsOneLine() throws Exception {
        Path file = Files.createFile(temp.resolve("file"));
        ProcessBuilder command = command(List.of(), TRAIN);
        command.environment().put("SADDLEPOINT_CACHE", file.resolve("below").toString());
        assertThat(run(command))
                .isEqualTo(new Result(
                        Failures.FAILED,
                        List.of("saddlepoint: cannot keep the native libraries in " + file.resolve("below/native")
                                + ", which SADDLEPOINT_CACHE names: " + file
                                + " is a file; set SADDLEPOINT_CACHE to a folder in which you may write and run programs,"
                                + " with room for 450 MB")));
        assertThat(entries()).isEmpty();
    }

    /** Each unpacks libraries that another may have loaded, unless it waits for its turn. */
    @Test
    void processesThatAreTheFirstAtOnceAllLoad() throws Exception {
        for (int i = 0; i < 3; i++) {
            ProcessBuilder command = command(List.of(), List.of("doctor"));
            command.environment()
                    .put("SADDLEPOINT_CACHE", temp.resolve("new machine").toString());
            started(command.redirectOutput(temp.resolve("output" + i).toFile()));
        }
        for (int i = 0; i < processes.size(); i++) {
            assertThat(Child.ends(processes.get(i))).isTrue();
            assertThat(processes.get(i).exitValue())
                    .as(Files.readString(temp.resolve("output" + i)))
                    .isZero();
        }
    }

    /** JavaCPP takes a file of the right length and time to be what it unpacked. */
    @Test
    void librariesThatDoNotLoadAreOneLine() throws Exception {
        Path cache = temp.resolve("cache");
        copyOfOpenBlas(cache);
        Result result = run(command(List.of("-Dorg.bytedeco.javacpp.cachedir=" + cache), List.of("doctor")));
        assertThat(result.code()).isEqualTo(Failures.FAILED);
        assertThat(result.lines().get(result.lines().size() - 1))
                .startsWith("saddlepoint: cannot load the native libraries from " + cache + " (");
        assertThat(result.lines())
                .as("no stack trace; Java warns of such files itself")
                .noneMatch(line -> line.contains("UnsatisfiedLinkError") || line.contains("\tat "));
    }

    /** OpenBLAS is loaded first; its files here are as long and as old as those unpacked, and empty. */
    private static void copyOfOpenBlas(Path cache) throws IOException {
        Path from = NativeLibraries.folder();
        try (Stream<Path> all = Files.walk(from)) {
            for (Path source : all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("openblas-"))
                    .toList()) {
                Path target = cache.resolve(from.relativize(source).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, new byte[(int) Files.size(source)]);
                Files.setLastModifiedTime(target, Files.getLastModifiedTime(source));
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names do not depend on the locale")
    void withoutALocaleOutputIsUtf8() throws Exception {
        Files.writeString(work.resolve("t.csv"), "file,label\na.png,identité\n");
        ImageIO.write(
                new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB),
                "png",
                work.resolve("a.png").toFile());
        ProcessBuilder command = command(List.of(), List.of("data", "inspect", "csv:t.csv"));
        command.environment().put("LC_ALL", "C");
        Result result = run(command);
        assertThat(result.code()).as(result.toString()).isZero();
        assertThat(result.lines()).anyMatch(line -> line.contains("class identité "));
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere names do not depend on the locale")
    void withoutALocaleAnArgumentThatCannotBeReadIsSaid() throws Exception {
        ProcessBuilder command = command(List.of(), List.of("recipes"));
        List<String> shell = Stream.concat(
                        Stream.of("/bin/sh", "-c", "exec \"$@\" \"$(printf 'identit\\303\\251')\"", "sh"),
                        command.command().stream())
                .toList();
        command.command(shell).environment().put("LC_ALL", "C");
        Result result = run(command);
        assertThat(result.code()).isEqualTo(Failures.USAGE);
        assertThat(result.lines()).singleElement().asString().contains("cannot be read", "set LC_ALL=C.UTF-8");
    }
}

package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher in a folder with a space, with scripts in the places of Java and Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
    private record Result(int code, String out, String err) {}

    private static final String JAVAC = "#!/bin/sh\nexit 0\n";

    @TempDir
    private Path temp;

    private Path home;
    private Path tools;
    private Path jar;

    @BeforeEach
    void install() throws IOException {
        home = Files.createDirectories(temp.resolve("a home"));
        tools = Files.createDirectories(temp.resolve("tools"));
        jar = home.resolve("app/target/saddlepoint.jar");
        Files.copy(Path.of("../saddlepoint"), home.resolve("saddlepoint"));
        Files.createDirectories(home.resolve("app/src/main/java"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("app/pom.xml"), "");
        Files.writeString(home.resolve("app/src/main/java/A.java"), "");
        // The commands that the launcher needs; nothing else of this machine is on its PATH.
        for (String command : List.of(
                "dirname",
                "find",
                "grep",
                "head",
                "ln",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "sed",
                "sleep",
                "stty",
                "tail",
                "touch")) {
            for (String folder : List.of("/bin", "/usr/bin")) {
                Path real = Path.of(folder, command);
                if (Files.exists(real) && Files.notExists(tools.resolve(command))) {
                    tool(command, "#!/bin/sh\nexec " + real + " \"$@\"\n");
                }
            }
        }
        java("17.0.15");
        tool("javac", JAVAC);
        maven("3.9.9", "mkdir -p app/target; : >app/target/saddlepoint.jar; echo built >>app/target/builds");
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Prints its version on demand, else all arguments after the main class, one a line, and ends with 3. */
    private void java(String version) throws IOException {
        tool(
                "java",
                "#!/bin/sh\nif [ \"$1\" = -version ]; then echo 'openjdk version \"" + version
                        + "\" 2025-04-15' >&2; exit 0; fi\n"
                        + "while [ \"$1\" != org.saddlepoint.cli.Main ]; do shift; done; shift\n"
                        + "for a in \"$@\"; do echo \"[$a]\"; done\nexit 3\n");
    }

    private void maven(String version, String build) throws IOException {
        tool(
                "mvn",
                "#!/bin/sh\nif [ \"$2\" = -v ]; then echo 'Apache Maven " + version + " (abc)'; exit 0; fi\n" + build
                        + "\n");
    }

    private Result run(Path launcher, Map<String, String> environment, String... arguments) throws Exception {
        Path out = temp.resolve("out");
        Path err = temp.resolve("err");
        Process process = start(launcher, environment, out, err, arguments);
        assertThat(Child.ends(process)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private Process start(Path launcher, Map<String, String> environment, Path out, Path err, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(temp.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().putAll(environment);
        return builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    }

    private Result run(String... arguments) throws Exception {
        return run(home.resolve("saddlepoint"), Map.of(), arguments);
    }

    private void builtAlready() throws IOException {
        Files.createDirectories(jar.getParent());
        Files.writeString(jar, "");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
    }

    private void fails(Result result, String message) {
        assertThat(result.err()).contains("saddlepoint: ").contains(message);
        assertThat(result.out()).isEmpty();
        assertThat(result.code()).isEqualTo(1);
    }

    @Test
    void passesArgumentsAndExitCode() throws Exception {
        builtAlready();
        Result result = run("train", "--data", "my photos", "");
        assertThat(result).isEqualTo(new Result(3, "[train]\n[--data]\n[my photos]\n[]\n", ""));
    }

    @Test
    void worksThroughLinks() throws Exception {
        builtAlready();
        Path links = Files.createDirectories(temp.resolve("bin"));
        Files.createSymbolicLink(links.resolve("one"), Path.of("../a home/saddlepoint"));
        Files.createSymbolicLink(links.resolve("two"), links.resolve("one"));
        assertThat(run(links.resolve("two"), Map.of(), "doctor").out()).isEqualTo("[doctor]\n");
    }

    @Test
    void buildsWhatIsMissingOrOlderThanItsSourcesAndNothingElse() throws Exception {
        Path builds = home.resolve("app/target/builds");
        assertThat(run("doctor").err()).startsWith("Building Saddlepoint");
        assertThat(run("doctor").err()).isEmpty();
        assertThat(builds).hasContent("built");
        Files.setLastModifiedTime(
                home.resolve("app/src/main/java/A.java"),
                FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("doctor").err()).startsWith("Sources have changed");
        assertThat(builds).hasContent("built\nbuilt");
    }

    @Test
    void saysWhatIsMissingOrTooOld() throws Exception {
        maven("3.6.3", "exit 1");
        fails(run("doctor"), "Maven 3.6 found at " + tools.resolve("mvn") + "; install version 3.8 or newer");
        Files.delete(tools.resolve("mvn"));
        fails(run("doctor"), "no Maven found; install version 3.8 or newer (Debian: apt install maven;");
        Files.delete(tools.resolve("javac"));
        fails(run("doctor"), "has no compiler; install a JDK of version 17 or newer");
        java("11.0.2");
        fails(run("doctor"), "Java 11 found at " + tools.resolve("java") + "; install a JDK of version 17 or newer");
        java("1.8.0_402");
        fails(run("doctor"), "Java 8 found");
        Files.delete(tools.resolve("java"));
        fails(
                run("doctor"),
                "no Java found; install a JDK of version 17 or newer (Debian: apt install openjdk-17-jdk;");
        Map<String, String> wrong = Map.of("JAVA_HOME", "/nosuch");
        fails(run(home.resolve("saddlepoint"), wrong, "doctor"), "JAVA_HOME is /nosuch but holds no bin/java");
    }

    @Test
    void theJavaOfADistributionIsPreferred() throws Exception {
        builtAlready();
        Path bundled = Files.createDirectories(home.resolve("runtime/bin"));
        Files.move(tools.resolve("java"), bundled.resolve("java"));
        java("11.0.2");
        Map<String, String> wrong = Map.of("JAVA_HOME", "/nosuch");
        assertThat(run(home.resolve("saddlepoint"), wrong, "doctor")).isEqualTo(new Result(3, "[doctor]\n", ""));
        Files.delete(tools.resolve("java"));
        assertThat(run("doctor")).isEqualTo(new Result(3, "[doctor]\n", ""));
        Files.delete(bundled.resolve("java"));
        fails(run("doctor"), "no Java found");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
        maven("3.8.7", "echo '[INFO] fine'; echo '[ERROR] A.java:[1,2] no such thing'; exit 1");
        Result result = run("doctor");
        fails(
                result,
                "the build failed; all of its output is in " + home.toRealPath().resolve("app/target/build.log"));
        assertThat(result.err()).contains("[ERROR] A.java:[1,2] no such thing").doesNotContain("[INFO]");
        assertThat(jar).doesNotExist();
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        Path go = temp.resolve("go"); // until it is there, the build goes on
        maven(
                "3.9.9",
                "until [ -e '" + go
                        + "' ]; do sleep 1; done; : >app/target/saddlepoint.jar; echo built >>app/target/builds");
        Path errOfFirst = temp.resolve("err of first");
        Process first =
                start(home.resolve("saddlepoint"), Map.of(), temp.resolve("out of first"), errOfFirst, "doctor");
        awaitWords(first, errOfFirst, "Building");
        Path errOfSecond = temp.resolve("err of second");
        Path outOfSecond = temp.resolve("out of second");
        Process second = start(home.resolve("saddlepoint"), Map.of(), outOfSecond, errOfSecond, "recipes");
        awaitWords(second, errOfSecond, "waiting for it");
        Files.createFile(go);
        assertThat(Child.ends(first)).isTrue();
        assertThat(first.exitValue()).isEqualTo(3);
        assertThat(Child.ends(second)).isTrue();
        assertThat(errOfSecond)
                .content()
                .startsWith("Process " + first.pid() + " is building Saddlepoint; waiting for it");
        assertThat(outOfSecond).hasContent("[recipes]\n");
        assertThat(home.resolve("app/target/builds")).hasContent("built");
        assertThat(Files.isSymbolicLink(lock())).isFalse();
    }

    private static void awaitWords(Process process, Path file, String words) throws Exception {
        while (process.isAlive() && !Files.readString(file).contains(words)) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(file).content().contains(words);
    }

    @Test
    void aKilledBuildHoldsNobodyUp() throws Exception {
        Files.createDirectories(lock().getParent());
        Files.createSymbolicLink(lock(), Path.of("99999999")); // no system gives its processes such numbers
        assertThat(run("doctor").out()).isEqualTo("[doctor]\n");
        assertThat(Files.isSymbolicLink(lock())).isFalse();
    }

    @Test
    void aFailedBuildLeavesNoLock() throws Exception {
        maven("3.8.7", "exit 1");
        assertThat(run("doctor").code()).isEqualTo(1);
        assertThat(Files.isSymbolicLink(lock())).isFalse();
    }

    @Test
    void whatWasBuiltRunsWhereNothingCanBeBuilt() throws Exception {
        builtAlready();
        tool("ln", "#!/bin/sh\necho 'ln: failed to create symbolic link: Read-only file system' >&2; exit 1\n");
        assertThat(run("doctor")).isEqualTo(new Result(3, "[doctor]\n", ""));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
        Result older = run("doctor");
        assertThat(older.out()).isEqualTo("[doctor]\n");
        assertThat(older.err())
                .isEqualTo("Sources have changed, but " + jar.getParent().toRealPath()
                        + " cannot be written (Read-only file system); running what was built before\n");
        Files.delete(jar);
        fails(
                run("doctor"),
                "not built yet, and " + home.toRealPath().resolve("app/target")
                        + " cannot be written (Read-only file system); build it in a copy where you may write");
        Files.delete(home.resolve("app/target"));
        Files.createFile(home.resolve("app/target"));
        fails(run("doctor"), "not built yet, and ");
    }

    @Test
    void givesJavaALocaleWithUtf8WhereThereIsNone() throws Exception {
        builtAlready();
        tool(
                "java",
                "#!/bin/sh\n[ \"$1\" = -version ] && { echo 'version \"17\"'; exit 0; }; echo \"${LC_ALL:-none}\"\n");
        Path launcher = home.resolve("saddlepoint");
        assertThat(run(launcher, Map.of(), "doctor").out())
                .as("without the program locale")
                .isEqualTo("C.UTF-8\n");
        assertThat(run(launcher, Map.of("LANG", "de_DE.UTF-8"), "doctor").out()).isEqualTo("none\n");
        locale("ANSI_X3.4-1968", "C", "de_DE.utf8", "C.utf8", "POSIX");
        assertThat(run(launcher, Map.of("LC_ALL", "C"), "doctor").out()).isEqualTo("C.utf8\n");
        locale("US-ASCII", "C", "POSIX", "de_DE.ISO8859-1", "de_DE.UTF-8", "en_US.UTF-8");
        assertThat(run("doctor").out()).isEqualTo("de_DE.UTF-8\n");
        locale("ANSI_X3.4-1968", "C", "POSIX");
        assertThat(run(launcher, Map.of("LANG", "en_US.UTF-8"), "doctor").out())
                .as("where the one that was asked for does not exist")
                .isEqualTo("C.UTF-8\n");
        locale("ISO-8859-1", "C", "C.utf8");
        assertThat(run(launcher, Map.of("LC_ALL", "de_DE"), "doctor").out())
                .as("a charset that somebody chose")
                .isEqualTo("de_DE\n");
        locale("UTF-8", "C.utf8");
        assertThat(run(launcher, Map.of("LC_ALL", "fr_FR.UTF-8"), "doctor").out())
                .isEqualTo("fr_FR.UTF-8\n");
    }

    private void locale(String charset, String... all) throws IOException {
        tool(
                "locale",
                "#!/bin/sh\ncase $1 in charmap) echo " + charset + " ;; -a) printf '%s\\n' " + String.join(" ", all)
                        + " ;; esac\n");
    }

    @Test
    void aBuildOfAUserWithoutANameHasTheHomeOfTheEnvironment() throws Exception {
        maven(
                "3.9.9",
                "mkdir -p app/target; : >app/target/saddlepoint.jar; echo \"$JDK_JAVA_OPTIONS\" >app/target/builds");
        tool("id", "#!/bin/sh\necho \"id: cannot find name for user ID 12345\" >&2; exit 1\n");
        fails(run("doctor"), "this user has no home, where Maven keeps what it downloads; set HOME to a folder");
        assertThat(run(home.resolve("saddlepoint"), Map.of("HOME", temp.toString()), "doctor")
                        .out())
                .isEqualTo("[doctor]\n");
        assertThat(home.resolve("app/target/builds")).hasContent(" -Duser.home=\"" + temp + "\"");
    }

    /** A Java that lists two classes, makes an archive of a list, and else says whether it was given one. */
    private void javaWithArchives(String whileListing) throws IOException {
        tool(
                "java",
                "#!/bin/sh\n[ \"$1\" = -version ] && { echo 'version \"17\"'; exit 0; }\n"
                        + "shared=none; list=; dump=\n"
                        + "for a in \"$@\"; do case $a in\n"
                        + "-XX:DumpLoadedClassList=*) " + whileListing
                        + "; printf 'A\\n@lambda-proxy B\\n' >\"${a#*=}\"; exit 0 ;;\n"
                        + "-XX:SharedClassListFile=*) list=${a#*=} ;;\n"
                        + "-Xshare:dump) dump=yes ;;\n"
                        + "-XX:SharedArchiveFile=*) shared=${a#*=} ;;\n"
                        + "esac; done\n"
                        + "if [ -n \"$dump\" ]; then while read -r line; do echo \"$line\"; done <\"$list\" >\"$shared\"; exit 0; fi\n"
                        + "echo \"${shared##*/}\"\n");
    }

    @Test
    void anArchiveOfClassesIsMadeOnceForEachBuild() throws Exception {
        javaWithArchives(":");
        builtAlready();
        Path target = home.resolve("app/target");
        Files.createDirectories(target.resolve("lib"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        makeSourcesOld();
        assertThat(run("doctor"))
                .isEqualTo(new Result(0, "classes-17.jsa\n", "Preparing quick starts, this once ...\n"));
        assertThat(target.resolve("classes-17.jsa")).hasContent("A");
        assertThat(run("doctor")).isEqualTo(new Result(0, "classes-17.jsa\n", ""));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("doctor").err()).startsWith("Preparing quick starts");
        assertThat(target.toFile().list()).containsExactlyInAnyOrder("classes-17.jsa", "lib", "saddlepoint.jar");
    }

    /** As torchrun starts it: the training that lists the classes would take the place of the one that was asked for. */
    @Test
    void anArchiveIsMadeByOneProcessAloneAlsoWhereThereAreSeveral() throws Exception {
        javaWithArchives("echo \"rank ${RANK-none} of ${WORLD_SIZE-none}\" >\"${0%/*}/listed\"");
        builtAlready();
        Files.createDirectories(home.resolve("app/target/lib"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        makeSourcesOld();
        run(home.resolve("saddlepoint"), Map.of("RANK", "0", "WORLD_SIZE", "2"), "doctor");
        assertThat(tools.resolve("listed")).hasContent("rank none of none");
    }

    @Test
    void whereNoArchiveCanBeMadeThereIsNone() throws Exception {
        javaWithArchives("exit 1");
        builtAlready();
        Files.createDirectories(home.resolve("app/target/lib"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        makeSourcesOld();
        assertThat(run("doctor").out()).isEqualTo("none\n");
        assertThat(run("doctor")).as("not tried again").isEqualTo(new Result(0, "none\n", ""));
    }

    /** As on a full disk: a command does its work all the same. */
    @Test
    void whereTheArchiveCannotBeKeptCommandsRun() throws Exception {
        javaWithArchives(":");
        builtAlready();
        Files.createDirectories(home.resolve("app/target/lib"));
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
        makeSourcesOld();
        tool("mv", "#!/bin/sh\necho 'mv: no space left on device' >&2; exit 1\n");
        assertThat(run("doctor")).isEqualTo(new Result(0, "none\n", "Preparing quick starts, this once ...\n"));
        javaWithArchives("exit 1");
        Files.createDirectories(home.resolve("app/target/classes-17.jsa")); // so that no file can be made of this name
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run("doctor").err()).isEqualTo("Preparing quick starts, this once ...\n");
        assertThat(jar.getParent().toFile().list())
                .containsExactlyInAnyOrder("classes-17.jsa", "lib", "saddlepoint.jar");
    }

    /** Older than what was built. */
    private void makeSourcesOld() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(each -> !each.equals(jar)).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(600)));
            }
        }
    }

    private Path lock() {
        return home.resolve("app/target/build.lock");
    }
}

package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The launcher for Windows, as far as it can be checked elsewhere. */
class WindowsLauncherTest {
    /** Options of Java, without those that tell of the terminal, which only a shell knows. */
    private static final Pattern OPTION = Pattern.compile("(?<= )-(?:X|D(?!saddlepoint\\.))[^\\s\"]+");

    private static Set<String> options(String launcher) throws IOException {
        return OPTION.matcher(Files.readString(Path.of("..", launcher)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void itStartsJavaWithTheSameOptions() throws IOException {
        Set<String> expected = options("saddlepoint");
        expected.removeIf(option -> option.matches("-D(skipTests|spotless|user\\.home).*")); // of Maven
        expected.removeIf(
                option -> option.matches( // of archives of classes, which the shell's launcher alone makes
                        "-XX:(DumpLoadedClassList|ErrorFile|SharedClassListFile|SharedArchiveFile)=.*|-Xshare:dump|-Xlog:cds=off"));
        Set<String> found = options("saddlepoint.cmd");
        found.remove("-DskipTests");
        assertThat(found).isEqualTo(expected).contains("-Xms96m");
    }
}

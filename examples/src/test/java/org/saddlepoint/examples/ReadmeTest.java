package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each Java block of the README and of the page on use as a library is, to the letter, a part of a program that is run. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final List<Path> SOURCES = List.of(
            Path.of("src/main/java/org/saddlepoint/examples"), ROOT.resolve(".ci/spring-boot/src/main/java/pictures"));
    private static final Pattern BLOCK =
            Pattern.compile("<!-- snippet: (\\w+)#(\\w+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern ANY_JAVA = Pattern.compile("```java");

    @ParameterizedTest
    @CsvSource({"README.md, 4", "docs/library.md, 1"})
    void snippetsAreTheExamples(String page, int blocks) throws IOException {
        String text = Files.readString(ROOT.resolve(page));
        Matcher block = BLOCK.matcher(text);
        int found = 0;
        while (block.find()) {
            found++;
            assertThat(block.group(3).stripTrailing())
                    .as(block.group(1) + "#" + block.group(2))
                    .isEqualTo(region(block.group(1), block.group(2)));
        }
        assertThat(found).isEqualTo(blocks);
        assertThat(ANY_JAVA.matcher(text).results().count()).isEqualTo(found);
    }

    @Test
    void theTestCommandOfTheReadmeIsWhatContinuousIntegrationRuns() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\nmvn verify\n");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).containsPattern("(?m)^mvn .*\\bverify$");
    }

    private static String region(String example, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        Path source = SOURCES.stream()
                .map(folder -> folder.resolve(example + ".java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        for (String line : Files.readAllLines(source)) {
            if (line.strip().equals("// end")) {
                inside = false;
            }
            if (inside) {
                lines.add(line);
            }
            if (line.strip().equals("// snippet: " + name)) {
                inside = true;
            }
        }
        return String.join("\n", lines).stripIndent().stripTrailing();
    }
}

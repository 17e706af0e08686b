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

/** Each Java block of the README is, to the letter, a part of an example that compiles and runs. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final Path SOURCES = Path.of("src/main/java/org/saddlepoint/examples");
    private static final Pattern BLOCK =
            Pattern.compile("<!-- snippet: (\\w+)#(\\w+) -->\\R```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern ANY_JAVA = Pattern.compile("```java");

    @Test
    void snippetsAreTheExamples() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        Matcher block = BLOCK.matcher(readme);
        int found = 0;
        while (block.find()) {
            found++;
            assertThat(block.group(3).stripTrailing())
                    .as(block.group(1) + "#" + block.group(2))
                    .isEqualTo(region(block.group(1), block.group(2)));
        }
        assertThat(found).isGreaterThanOrEqualTo(2);
        assertThat(ANY_JAVA.matcher(readme).results().count()).isEqualTo(found);
    }

    @Test
    void theTestCommandOfTheReadmeIsWhatContinuousIntegrationRuns() throws IOException {
        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("\nmvn verify\n");
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).containsPattern("(?m)^mvn .*\\bverify$");
    }

    private static String region(String example, String name) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(SOURCES.resolve(example + ".java"))) {
            if (line.strip().equals("// end")) {
                inside = false;
            }
            if (inside) {
                lines.add(line.startsWith("        ") ? line.substring(8) : line);
            }
            if (line.strip().equals("// snippet: " + name)) {
                inside = true;
            }
        }
        return String.join("\n", lines).stripTrailing();
    }
}

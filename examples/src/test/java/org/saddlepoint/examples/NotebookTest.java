package org.saddlepoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cells of the notebook, in the shell of Java that its kernel runs them with; the training has two steps here. */
class NotebookTest {
    private static final Path NOTEBOOK = Path.of("../docs/notebook/quickstart.ipynb");
    private static final String STEPS = "Map.of(\"steps\", \"300\")";
    private static final String FEW =
            "Map.of(\"steps\", \"2\", \"updates.batchSize\", \"4\", \"generator.width\", \"4\", \"discriminator.width\", \"4\")";

    private static final String FOLDER = "Files.createTempDirectory(\"saddlepoint\")";

    @TempDir
    private Path temp;

    @Test
    void everyCellRuns() throws IOException {
        List<String> cells = cells();
        assertThat(cells).hasSize(5);
        assertThat(cells.get(0)).contains(STEPS, FOLDER);
        cells.set(
                0,
                cells.get(0)
                        .replace(STEPS, FEW)
                        .replace(FOLDER, "Path.of(\"" + temp.toString().replace('\\', '/') + "\")"));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        List<Snippet> values = new ArrayList<>();
        try (JShell shell = JShell.builder()
                .executionEngine("local")
                .compilerOptions("--class-path", System.getProperty("java.class.path"))
                .build()) {
            evaluate(shell, "import java.io.*; import java.math.*; import java.nio.file.*; import java.util.*;");
            for (String cell : cells) {
                values.add(evaluate(shell, cell));
            }
        } finally {
            System.setOut(out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("checkpoints", "recipe.yaml", "samples");
        for (int shown : new int[] {2, 3}) { // the cells that end with a picture
            assertThat(values.get(shown).kind()).isEqualTo(Snippet.Kind.VAR);
            assertThat(((VarSnippet) values.get(shown)).typeName()).isEqualTo(BufferedImage.class.getName());
        }
    }

    /** The cells of Java, without the one that is a word to the kernel. */
    private static List<String> cells() throws IOException {
        JsonNode cells = new ObjectMapper().readTree(Files.readString(NOTEBOOK)).get("cells");
        List<String> code = new ArrayList<>();
        for (JsonNode cell : cells) {
            String source = String.join(
                    "",
                    StreamSupport.stream(cell.get("source").spliterator(), false)
                            .map(JsonNode::asText)
                            .toList());
            if (cell.get("cell_type").asText().equals("code") && !source.startsWith("%")) {
                code.add(source);
            }
        }
        return code;
    }

    /** Returns the last snippet of the cell. */
    private static Snippet evaluate(JShell shell, String cell) {
        String rest = cell;
        List<SnippetEvent> events = new ArrayList<>();
        while (!rest.isBlank()) {
            SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
            for (SnippetEvent event : shell.eval(next.source())) {
                if (event.causeSnippet() != null) {
                    continue; // an earlier import, which the same one replaces
                }
                assertThat(event.status())
                        .as(() -> event.snippet().source()
                                + shell.diagnostics(event.snippet())
                                        .map(found -> found.getMessage(null))
                                        .toList())
                        .isEqualTo(Snippet.Status.VALID);
                assertThat(event.exception()).as(event.snippet().source()).isNull();
                events.add(event);
            }
            rest = next.remaining();
        }
        return events.get(events.size() - 1).snippet();
    }
}

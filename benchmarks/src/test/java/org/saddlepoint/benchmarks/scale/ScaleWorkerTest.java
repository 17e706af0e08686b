package org.saddlepoint.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ScaleWorkerTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What a process prints, which here is a thread; tells where it serves as soon as it is printed. */
    private static List<JsonNode> answers(ScaleTask task, String orders, CompletableFuture<Integer> port)
            throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8) {
            @Override
            public void println(String line) {
                super.println(line);
                if (line.startsWith("{\"port\":")) {
                    port.complete(Integer.parseInt(line.replaceAll("\\D", "")));
                }
            }
        };
        ScaleWorker.run(task, new BufferedReader(new StringReader(orders)), out);
        List<JsonNode> answers = new ArrayList<>();
        for (String line : bytes.toString(StandardCharsets.UTF_8).split("\n", -1)) {
            if (!line.isBlank()) {
                answers.add(JSON.readTree(line));
            }
        }
        return answers;
    }

    /** The bytes of a step are those of the gradients of both players. */
    @Test
    void twoProcessesSayWhatTheyExchanged() throws Exception {
        String orders = "steps 2\nsums 3 4096\n";
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<List<JsonNode>> first =
                    threads.submit(() -> answers(new ScaleTask(ScaleWorkload.POINTS, 64, 0, 2, 1, 0), orders, port));
            Future<List<JsonNode>> second = threads.submit(() -> answers(
                    new ScaleTask(ScaleWorkload.POINTS, 64, 1, 2, 1, port.get()), orders, new CompletableFuture<>()));
            List<JsonNode> answers = first.get();
            assertThat(answers).hasSize(3);
            JsonNode steps = answers.get(1).at("/sums");
            long weights = 4 * (4866 + 4417); // bytes of both networks of gan-points
            assertThat(steps.at("/bytes").asLong()).isEqualTo(2L * weights);
            assertThat(answers.get(1).at("/seconds").asDouble())
                    .isGreaterThan(steps.at("/seconds").asDouble());
            assertThat(answers.get(2).at("/sums/bytes").asLong()).isEqualTo(3 * 4096);
            assertThat(answers.get(2).at("/sums/operations").asLong()).isEqualTo(3);
            assertThat(second.get()).hasSize(3);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void oneProcessExchangesNothing() throws Exception {
        List<JsonNode> answers =
                answers(new ScaleTask(ScaleWorkload.POINTS, 16, 0, 1, 1, 0), "steps 1\n\n", new CompletableFuture<>());
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).at("/sums/bytes").asLong()).isZero();
        assertThat(answers.get(0).at("/seconds").asDouble()).isPositive();
    }
}

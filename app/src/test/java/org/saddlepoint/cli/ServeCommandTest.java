package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own; what it answers has tests of its own. */
class ServeCommandTest {
    @TempDir
    private static Path dir;

    private static Path run;

    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process started;

    @BeforeAll
    static void train() {
        run = dir.resolve("digits");
        assertThat(Cli.train(run, "cdcgan", "--data", "digits", "--steps", "1").code())
                .isZero();
    }

    @AfterEach
    void leavesNoProcessBehind() {
        if (started != null) {
            Child.end(started);
        }
    }

    private URI serve(Path out) throws IOException, InterruptedException {
        Process process = Child.start(
                out, List.of("serve", "numbers=" + run, "--port", "0", "--threads", "1", "--timeout", "100", "--json"));
        started = process;
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Child.LONGEST_MINUTES);
        while (System.nanoTime() < end && process.isAlive()) {
            for (String line : Files.readAllLines(out)) {
                if (line.startsWith("{") && line.endsWith("}")) {
                    return URI.create(Cli.parse(line).get("address").asText() + "/v1/numbers/samples");
                }
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it did not start: " + Files.readString(out));
    }

    private CompletableFuture<HttpResponse<byte[]>> ask(URI address, String body) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
    void servesTheFilesOfSampleAndAnswersWhatItAcceptedBeforeItEnds() throws Exception {
        Path out = dir.resolve("out");
        URI address = serve(out);

        Path sheet = dir.resolve("sheet.png");
        Path singles = dir.resolve("singles");
        String[] sample = {"sample", run.toString(), "--seed", "9", "--count", "21", "--threads", "1", "--out", ""};
        sample[sample.length - 1] = sheet.toString();
        assertThat(Cli.run(sample).code()).isZero();
        sample[sample.length - 1] = singles.toString();
        assertThat(Cli.run(sample).code()).isZero();
        assertThat(ask(address, "{\"seed\": 9, \"count\": 21, \"layout\": \"sheet\"}")
                        .get()
                        .body())
                .isEqualTo(Files.readAllBytes(sheet));
        byte[] zipped = ask(address, "{\"seed\": 9, \"count\": 21}").get().body();
        int files = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(zipped))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(zip.readAllBytes())
                        .as(entry.getName())
                        .isEqualTo(Files.readAllBytes(singles.resolve(entry.getName())));
                files++;
            }
        }
        assertThat(files).isEqualTo(21);

        List<CompletableFuture<HttpResponse<byte[]>>> accepted = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            accepted.add(ask(address, "{\"count\": 256}"));
        }
        Process process = Objects.requireNonNull(started);
        awaitAccepted(address.resolve("/metrics"), 2 + accepted.size());
        process.destroy(); // TERM
        for (CompletableFuture<HttpResponse<byte[]>> each : accepted) {
            assertThat(each.get().statusCode()).isEqualTo(200);
        }
        assertThat(Child.ends(process)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        assertThat(Files.readString(out)).contains("those that were accepted are answered");
    }

    /** Until so many are answered or being answered; the first were so before the others were counted, so that none is twice. */
    private void awaitAccepted(URI metrics, double requests) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(Child.LONGEST_MINUTES);
        double accepted = 0;
        while (accepted < requests && System.nanoTime() < end) {
            accepted = sum(metrics, "saddlepoint_requests_seconds_count{");
            accepted += sum(metrics, "saddlepoint_requests_active ");
        }
        assertThat(accepted).isEqualTo(requests);
    }

    private double sum(URI metrics, String name) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(metrics).build();
        return http.send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Test
    void whatCannotBeServedIsNamed() throws IOException {
        String there = run.toString();
        assertRefused("there is no run at", "nowhere");
        assertRefused("two runs would be served as digits", there, there);
        assertRefused("cannot be part of an address", "a/b=" + there);
        assertRefused("--port must be in [0, 65535] but was 70000", there, "--port", "70000");
        assertRefused("--max-count must be >= 1 but was 0", there, "--max-count", "0");
        assertRefused("--queue must be >= --max-count, 256, but was 3", there, "--queue", "3");
        assertRefused("--timeout must be in [1, 100] but was 0", there, "--timeout", "0");
        assertRefused(
                "cannot be read", there, "--api-key-file", dir.resolve("none").toString());
        Path empty = Files.writeString(dir.resolve("empty"), "# no key\n");
        assertRefused("must hold one key a line", there, "--api-key-file", empty.toString());
    }

    private static void assertRefused(String message, String... arguments) {
        List<String> all = new ArrayList<>(List.of("serve"));
        all.addAll(List.of(arguments));
        Cli.Result result = Cli.run(all.toArray(String[]::new));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(message);
    }

    @Test
    void helpHasExamples() {
        assertThat(Cli.run("serve", "--help").out()).contains("Examples:", "saddlepoint serve runs/", "--api-key-file");
    }
}

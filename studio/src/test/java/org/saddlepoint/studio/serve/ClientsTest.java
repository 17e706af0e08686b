package org.saddlepoint.studio.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.ResumeOptions;
import org.saddlepoint.Run;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.studio.serve.ServeOptions.Limits;
import org.saddlepoint.studio.server.Raw;

/** Clients that are slow, many, unknown or hostile, and a run that changes beneath them. */
class ClientsTest {
    private static final ServeOptions LOCAL = Runs.SERVED;
    private static final Limits PATIENT = Runs.SERVED.limits();
    private static final int MANY = 1000;

    @TempDir
    private static Path dir;

    private static Map<String, Path> runs;

    @BeforeAll
    static void train() {
        runs = Map.of("points", Runs.train(dir.resolve("points"), "gan-points", "ring8", 2));
    }

    private static Socket slow(ModelServer server, String start) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(300_000);
        OutputStream out = socket.getOutputStream();
        out.write(start.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String head(ModelServer server, int length) {
        return "POST /v1/points/samples HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nContent-Length: " + length
                + "\r\n\r\n";
    }

    @Test
    void thoseWhoSendSlowlyAreToldAndDelayNobody() throws Exception {
        Limits limits = PATIENT.patience(Duration.ofSeconds(2));
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        try (ModelServer server = ModelServer.open(runs, LOCAL.limits(limits))) {
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < MANY; i++) {
                    sockets.add(slow(server, i % 2 == 0 ? "POST /v1/points" : head(server, 100) + "{"));
                }
                HttpResponse<byte[]> answer = honest(server); // until those who are too slow are told
                while (List.of(408, 429).contains(answer.statusCode()) && System.nanoTime() < end) {
                    Thread.sleep(100);
                    answer = honest(server);
                }
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(new Client(server).get("/healthz").statusCode()).isEqualTo(200);
                try (InputStream in = sockets.get(1).getInputStream()) {
                    assertThat(new String(in.readNBytes(600), StandardCharsets.UTF_8))
                            .startsWith("HTTP/1.1 408")
                            .contains("the body did not come within 2 s");
                }
            } finally {
                for (Socket socket : sockets) {
                    socket.close();
                }
            }
            assertThat(server.drain(Duration.ofMinutes(5)))
                    .as("those who left take no place")
                    .isTrue();
        }
    }

    private static HttpResponse<byte[]> honest(ModelServer server) throws Exception {
        return new Client(server).post("/v1/points/samples", "{}");
    }

    @Test
    void thoseWhoDoNotReadAreDisconnectedAndDelayNobody() throws Exception {
        Limits limits = PATIENT.samples(100_000, 1_000_000).patience(Duration.ofMillis(500));
        String body = "{\"count\": 100000, \"format\": \"json\"}";
        try (ModelServer server = ModelServer.open(runs, LOCAL.limits(limits))) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sockets.add(slow(server, head(server, body.length()) + body));
            }
            assertThat(new Client(server).get("/healthz").statusCode()).isEqualTo(200);
            assertThat(server.drain(Duration.ofMinutes(5)))
                    .as("they take their places for a while alone")
                    .isTrue();
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aKeyIsAskedForWhereThereIsOne() throws Exception {
        String key = "k".repeat(16);
        Path file = Files.writeString(dir.resolve("keys"), "# ours\n\n" + key + "\n" + "j".repeat(20) + "\n");
        try (ModelServer server = ModelServer.open(runs, LOCAL.keys(ApiKeys.read(file)))) {
            Client stranger = new Client(server);
            HttpResponse<byte[]> refused = stranger.post("/v1/points/samples", "{}");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("Authorization: Bearer KEY");
            assertThat(stranger.get("/metrics").statusCode()).isEqualTo(401);
            assertThat(stranger.get("/v1/models").statusCode()).isEqualTo(401);
            assertThat(new Client(server, key + "k").get("/v1/models").statusCode())
                    .isEqualTo(401);
            for (String open : List.of("/", "/openapi.json", "/icon.svg", "/healthz", "/readyz")) {
                assertThat(stranger.get(open).statusCode()).as(open).isEqualTo(200);
            }
            assertThat(new Client(server, key).post("/v1/points/samples", "{}").statusCode())
                    .isEqualTo(200);
            assertThat(Raw.at(server.port())
                            .header("X-API-Key", "j".repeat(20))
                            .get("/v1/models")
                            .status())
                    .isEqualTo(200);
        }
        Path none = Files.writeString(dir.resolve("short"), "secret\n");
        assertThatThrownBy(() -> ApiKeys.read(none))
                .hasMessageContaining("at least 16 characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void withoutAKeyPagesOfOtherSitesAreRefused() throws Exception {
        try (ModelServer server = ModelServer.open(runs, LOCAL)) {
            Raw.Answer rebound = Raw.at(server.port()).host("evil.example").post("/v1/points/samples", "{}");
            assertThat(rebound.status()).isEqualTo(403);
            Raw.Answer foreign = Raw.at(server.port())
                    .header("Origin", "http://evil.example")
                    .post("/v1/points/samples", "{}");
            assertThat(foreign.status()).isEqualTo(403);
            assertThat(Raw.at(server.port()).post("/v1/points/samples", "{}").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aNewerCheckpointIsServedWithoutLosingARequest() throws Exception {
        Path run = Runs.train(dir.resolve("growing"), "gan-points", "ring8", 2);
        Limits limits = PATIENT.reload(Duration.ofMillis(20));
        try (ModelServer server = ModelServer.open(Map.of("growing", run), LOCAL.limits(limits))) {
            Client client = new Client(server);
            assertThat(step(client)).isEqualTo("2");
            CompletableFuture<Void> training = CompletableFuture.runAsync(() -> resume(run, 4));
            long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            String seen = "2";
            while (!seen.equals("4") && !training.isCompletedExceptionally() && System.nanoTime() < end) {
                seen = step(client);
            }
            training.join();
            assertThat(seen).isEqualTo("4");
            assertThat(client.get("/metrics").body()).contains("saddlepoint_reloads_total{model=\"growing\"}");
        }
    }

    private static void resume(Path run, long steps) {
        try (Dataset data =
                DataSources.open("ring8", Recipes.load("gan-points", Map.of()).dataOptions())) {
            Run.resume(run, data, ResumeOptions.DEFAULT.steps(steps));
        }
    }

    private static String step(Client client) throws Exception {
        HttpResponse<byte[]> answer = client.post("/v1/growing/samples", "{\"count\": 20}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("X-Step").orElseThrow();
    }
}

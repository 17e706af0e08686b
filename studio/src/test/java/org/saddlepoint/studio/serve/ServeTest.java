package org.saddlepoint.studio.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.saddlepoint.SampleOptions;
import org.saddlepoint.Samples;
import org.saddlepoint.TrainedGenerator;
import org.saddlepoint.TrainedTranslator;
import org.saddlepoint.data.images.Picture;
import org.saddlepoint.studio.server.Json;
import org.saddlepoint.training.Direction;

/** What programs are answered. */
class ServeTest {
    @TempDir
    private static Path dir;

    private static final int CLIENTS = 12;

    private static ModelServer server;
    private static Client client;

    @BeforeAll
    static void open() {
        Map<String, Path> runs = new LinkedHashMap<>();
        runs.put("digits", Runs.train(dir.resolve("digits"), "cdcgan", "digits", 2));
        runs.put("styles", Runs.train(dir.resolve("styles"), "stylegan2-small", "digits", 1));
        runs.put("points", Runs.train(dir.resolve("points"), "gan-points", "ring8", 2));
        runs.put("emoji", Runs.train(dir.resolve("emoji"), "pix2pix-small", "emoji-pairs", 1));
        server = ModelServer.open(runs, Runs.SERVED);
        client = new Client(server);
    }

    @AfterAll
    static void close() {
        server.close();
    }

    private static HttpResponse<byte[]> sample(String model, String json) throws Exception {
        return client.post("/v1/" + model + "/samples", json);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        return Json.read(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }

    private static Map<String, byte[]> unzipped(byte[] bytes) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        return files;
    }

    @Test
    void theSameSeedIsTheSameBytesWhateverElseIsAskedFor() throws Exception {
        try (TrainedGenerator digits = TrainedGenerator.open(dir.resolve("digits"));
                TrainedGenerator styles = TrainedGenerator.open(dir.resolve("styles"))) {
            List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
            List<Samples> expected = new ArrayList<>();
            for (int seed = 0; seed < 40; seed++) {
                int count = 1 + seed % 21;
                answers.add(client.begin(
                        "/v1/digits/samples",
                        "{\"count\": " + count + ", \"seed\": " + seed + ", \"format\": \"npy\"}"));
                expected.add(digits.sample(SampleOptions.of(count).seed(seed)));
                String psi = seed % 2 == 0 ? "" : ", \"truncation\": 0.5";
                answers.add(client.begin(
                        "/v1/styles/samples",
                        "{\"count\": 3, \"seed\": " + seed + ", \"format\": \"npy\"" + psi + "}"));
                SampleOptions plain = SampleOptions.of(3).seed(seed);
                expected.add(styles.sample(seed % 2 == 0 ? plain : plain.truncation(0.5)));
            }
            for (int i = 0; i < answers.size(); i++) {
                HttpResponse<byte[]> answer = answers.get(i).get();
                Samples samples = expected.get(i);
                assertThat(answer.statusCode()).isEqualTo(200);
                assertThat(answer.body())
                        .as("request %d", i)
                        .isEqualTo(NpyFile.of(samples.toFloatArray(), samples.count(), 1, 28, 28));
            }
        }
    }

    /** How many do depends on which come while a pass computes, so bursts come until some do. */
    @Test
    void requestsOfManyShareAPass() throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
        double passes = CLIENTS;
        while (passes == CLIENTS && System.nanoTime() < end) {
            double before = passes();
            List<CompletableFuture<HttpResponse<byte[]>>> burst = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                burst.add(client.begin("/v1/digits/samples", "{}"));
            }
            for (CompletableFuture<HttpResponse<byte[]>> each : burst) {
                assertThat(each.get().statusCode()).isEqualTo(200);
            }
            passes = passes() - before;
        }
        assertThat(passes)
                .as("passes for " + CLIENTS + " requests of a sample each")
                .isLessThan(CLIENTS);
    }

    private static double passes() throws Exception {
        return number(client.get("/metrics").body(), "saddlepoint_pass_samples_count{model=\"digits\"}");
    }

    private static double number(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }

    @Test
    void picturesAreThoseOfTheCommandInEachForm() throws Exception {
        try (TrainedGenerator digits = TrainedGenerator.open(dir.resolve("digits"))) {
            Samples one = digits.sample(SampleOptions.of(1).seed(7).label(3));
            HttpResponse<byte[]> png = sample("digits", "{\"seed\": 7, \"labels\": 3}");
            assertThat(png.body()).isEqualTo(one.png(0));
            assertThat(png.headers().firstValue("Content-Type")).hasValue("image/png");
            assertThat(png.headers().firstValue("X-Seed")).hasValue("7");
            assertThat(png.headers().firstValue("X-Step")).hasValue("2");

            Samples many = digits.sample(SampleOptions.of(12).seed(7));
            HttpResponse<byte[]> zip = sample("digits", "{\"seed\": 7, \"count\": 12}");
            assertThat(zip.headers().firstValue("Content-Type")).hasValue("application/zip");
            Map<String, byte[]> files = unzipped(zip.body());
            assertThat(files).hasSize(12).containsKeys("0/000000.png", "1/000011.png");
            assertThat(files.get("1/000011.png")).isEqualTo(many.png(11));
            assertThat(sample("digits", "{\"seed\": 7, \"count\": 12}").body()).isEqualTo(zip.body());

            BufferedImage sheet = many.sheet(OptionalInt.of(6), digits.caption(7));
            byte[] served = sample("digits", "{\"seed\": 7, \"count\": 12, \"layout\": \"sheet\", \"columns\": 6}")
                    .body();
            assertThat(served).isEqualTo(PictureBytes.of(sheet, SampleFormat.PNG));
            byte[] webp = sample("digits", "{\"seed\": 7, \"labels\": 3, \"format\": \"webp\"}")
                    .body();
            assertThat(webp).startsWith('R', 'I', 'F', 'F');
            var decoded = Picture.decode(webp, 1);
            var original = Picture.decode(one.png(0), 1);
            assertThat(decoded.values()).isEqualTo(original.values());
        }
    }

    @Test
    void severalLabelsAreRowsAndPointsAreNumbers() throws Exception {
        JsonNode rows = json(sample("digits", "{\"labels\": [\"7\", 1], \"count\": 2, \"format\": \"json\"}"));
        assertThat(rows.path("labels").toString()).isEqualTo("[\"7\",\"7\",\"1\",\"1\"]");
        assertThat(rows.path("shape").toString()).isEqualTo("[1,28,28]");
        JsonNode points = json(sample("points", "{\"count\": 3, \"seed\": 5}"));
        try (TrainedGenerator generator = TrainedGenerator.open(dir.resolve("points"))) {
            float[] expected = generator.sample(SampleOptions.of(3).seed(5)).toFloatArray();
            assertThat((float) points.at("/samples/2/1").asDouble()).isEqualTo(expected[5]);
        }
        assertThat(sample("points", "{}").headers().firstValue("X-Seed"))
                .as("random if it is left out")
                .isNotEqualTo(sample("points", "{}").headers().firstValue("X-Seed"));
    }

    @Test
    void translationsAreThoseOfTheCommand() throws Exception {
        BufferedImage drawing = new BufferedImage(40, 33, BufferedImage.TYPE_INT_RGB);
        drawing.createGraphics().drawLine(3, 4, 30, 20);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(drawing, "png", file);
        HttpResponse<byte[]> answer = client.post("/v1/emoji/translate?direction=a2b", file.toByteArray());
        try (TrainedTranslator translator = TrainedTranslator.open(dir.resolve("emoji"))) {
            BufferedImage expected = translator.translate(drawing, Direction.A2B);
            assertThat(answer.body()).isEqualTo(PictureBytes.of(expected, SampleFormat.PNG));
        }
        assertThat(text(client.post("/v1/emoji/translate?direction=b2a", file.toByteArray())))
                .contains("translates only from A to B");
        assertThat(text(client.post("/v1/emoji/translate", "no picture"))).contains("no picture that can be read");
        assertThat(client.post("/v1/emoji/translate?seed=x", "").statusCode()).isEqualTo(400);
        BufferedImage large = new BufferedImage(1025, 1, BufferedImage.TYPE_BYTE_GRAY);
        file.reset();
        ImageIO.write(large, "png", file);
        HttpResponse<byte[]> refused = client.post("/v1/emoji/translate", file.toByteArray());
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(text(refused)).contains("1025 × 1", "at most 1024 a side");
        assertThat(client.post("/v1/emoji/translate", new byte[ServePages.LARGEST_PICTURE + 1])
                        .statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{|400|the body is no JSON",
                "[]|400|expected a JSON object",
                "{\"a\": 1}|400|known are count, seed",
                "{} {}|400|Trailing token",
                "{\"count\": 0}|400|count must be a whole number from 1 to 256 but was 0",
                "{\"count\": 1e300}|400|count must be a whole number",
                "{\"count\": 100000000000}|400|count must be a whole number",
                "{\"count\": \"5\"}|400|but was \"5\"",
                "{\"count\": 200, \"labels\": \"all\"}|400|2000 were asked for",
                "{\"seed\": 1e3}|400|seed must be a whole number",
                "{\"seed\": 99999999999999999999}|400|seed must be",
                "{\"labels\": \"eleven\"}|400|unknown class \"eleven\"",
                "{\"labels\": []}|400|1 to 1000 classes",
                "{\"labels\": [[1]]}|400|labels must be a class",
                "{\"truncation\": 2}|400|truncation must be a number from -1",
                "{\"truncation\": 0.5}|400|has no styles",
                "{\"vector\": [1]}|400|asks for no numbers",
                "{\"vector\": \"1\"}|400|vector must be an array",
                "{\"format\": \"gif\"}|400|format must be one of png, webp, npy, json",
                "{\"format\": \"npy\", \"layout\": \"zip\"}|400|layout is for png and webp",
                "{\"count\": 2, \"layout\": \"single\"}|400|ask for sheet or zip",
                "{\"columns\": 2}|400|columns is for",
                "{\"labels\": [1, 2], \"layout\": \"sheet\", \"columns\": 2}|400|each has a row"
            })
    void whatIsNotUnderstoodIsNamed(String body, int status, String message) throws Exception {
        HttpResponse<byte[]> answer = sample("digits", body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("error").asText()).contains(message);
    }

    @Test
    void hostileBodiesAndAddressesAreRefused() throws Exception {
        assertThat(sample("digits", "[".repeat(50_000)).statusCode()).isEqualTo(400);
        assertThat(sample("digits", "{\"seed\": " + "9".repeat(60_000) + "}").statusCode())
                .isEqualTo(400);
        HttpResponse<byte[]> tooLong = sample("digits", " ".repeat(ServePages.LARGEST_REQUEST + 1));
        assertThat(tooLong.statusCode()).isEqualTo(413);
        assertThat(tooLong.headers().firstValue("Connection"))
                .as("nobody may read the rest of a long body")
                .contains("close");
        assertThat(text(sample("none", "{}"))).contains("expected one of digits, styles, points, emoji");
        assertThat(text(sample("emoji", "{}"))).contains("POST /v1/emoji/translate");
        assertThat(client.get("/v1/digits/samples").statusCode()).isEqualTo(405);
        Client another = new Client(server); // the server ends the connection of an address that is none
        assertThat(another.get("/v1/../../etc/passwd").statusCode()).isIn(400, 404);
        assertThat(sample("points", "{\"format\": \"png\"}").statusCode()).isEqualTo(400);
    }

    @Test
    void itDescribesItselfWithAllThatItAnswers() throws Exception {
        JsonNode description = Json.read(client.get("/openapi.json").body().getBytes(UTF_8));
        assertThat(description
                        .at("/components/schemas/SampleRequest/properties/count/maximum")
                        .asInt())
                .isEqualTo(256);
        List<String> known = new ArrayList<>();
        description
                .at("/components/schemas/SampleRequest/properties")
                .fieldNames()
                .forEachRemaining(known::add);
        assertThat(json(sample("digits", "{\"x\": 1}")).path("error").asText()).endsWith(String.join(", ", known));
        HttpResponse<String> page = client.get("/");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("<script", "style=", "http://", "https://");
        description.path("paths").fieldNames().forEachRemaining(path -> assertThat(page.body())
                .contains(path));
        for (String path : List.of("/healthz", "/readyz", "/metrics", "/v1/models", "/serve.css")) {
            assertThat(client.get(path).statusCode()).as(path).isEqualTo(200);
        }
        JsonNode models =
                Json.read(client.get("/v1/models").body().getBytes(UTF_8)).path("models");
        assertThat(models.findValuesAsText("name")).containsExactly("digits", "styles", "points", "emoji");
        assertThat(models.at("/3/directions").toString()).isEqualTo("[\"a2b\"]");
        assertThat(models.at("/1/truncation").asBoolean()).isTrue();
        assertThat(client.get("/metrics").body())
                .contains("saddlepoint_requests_seconds_count", "saddlepoint_queue_samples", "jvm_memory_used_bytes");
    }

    @Test
    void drainedItRefusesWhatIsNewAndAnswersWhatItAccepted() throws Exception {
        Map<String, Path> runs = Map.of("digits", dir.resolve("digits"));
        try (ModelServer own = ModelServer.open(runs, Runs.SERVED)) {
            Client asking = new Client(own);
            List<CompletableFuture<HttpResponse<byte[]>>> accepted = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                accepted.add(asking.begin("/v1/digits/samples", "{\"count\": 256}"));
            }
            String active = "saddlepoint_requests_active";
            while (number(asking.get("/metrics").body(), active) == 0
                    && accepted.stream().noneMatch(CompletableFuture::isDone)) {
                Thread.onSpinWait();
            }
            assertThat(own.drain(Duration.ofMinutes(5))).isTrue();
            HttpResponse<byte[]> late = asking.post("/v1/digits/samples", "{}");
            assertThat(late.statusCode()).isEqualTo(503);
            assertThat(late.headers().firstValue("Retry-After")).isPresent();
            assertThat(asking.get("/readyz").statusCode()).isEqualTo(503);
            assertThat(asking.get("/healthz").statusCode()).isEqualTo(200);
            for (CompletableFuture<HttpResponse<byte[]>> each : accepted) {
                assertThat(each.get().statusCode()).isIn(200, 503); // 503 came behind the end
            }
            assertThat(accepted.stream().filter(each -> each.join().statusCode() == 200))
                    .isNotEmpty();
        }
    }
}

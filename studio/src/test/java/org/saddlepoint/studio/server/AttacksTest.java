package org.saddlepoint.studio.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.Studio;

/** What pages of other sites, other users and hostile folders try. */
class AttacksTest {
    private static final String SECRET = "what nobody may see";

    /** Bytes of files that have no content and take no room; to read one takes longer than {@link Raw} waits. */
    private static final long HUGE = 1L << 41;

    @TempDir
    private Path dir;

    private final AccessToken token = AccessToken.random();
    private Path runs;
    private Studio studio;

    @BeforeEach
    void open() throws IOException {
        runs = Files.createDirectories(dir.resolve("runs"));
        Fakes.log(Fakes.run(runs.resolve("sound"), "DONE"), 1, 50);
        Files.writeString(dir.resolve("secret.png"), SECRET);
        Fakes.log(Fakes.run(dir.resolve("outside"), "DONE"), 1, 50);
        studio = open(false);
    }

    private Studio open(boolean readOnly) {
        return Studio.open(runs, ServerOptions.local().token(token).readOnly(readOnly), arguments -> List.of("true"));
    }

    @AfterEach
    void close() {
        studio.close();
    }

    private Raw raw() {
        return Raw.at(studio.port());
    }

    private Raw known() {
        return raw().token(token);
    }

    private Raw acting() {
        return known().header("Origin", "http://127.0.0.1:" + studio.port());
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/index.html", "/js/app.js", "/api/runs", "/api/run?id=sound", "/api/runs/events", "/x"})
    void withoutTheTokenNothingIsAnswered(String path) throws IOException {
        Raw.Answer answer = raw().get(path);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("sound");
        assertThat(raw().header(
                                "Cookie",
                                "saddlepoint-" + studio.port() + "="
                                        + AccessToken.random().text())
                        .get(path)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void theTokenOpensTheFirstPageAloneAndLeavesTheAddress() throws IOException {
        assertThat(raw().get("/api/runs?token=" + token.text()).status()).isEqualTo(401);
        Raw.Answer answer = raw().get("/?token=" + token.text());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).contains("HttpOnly", "SameSite=Strict");
        assertThat(answer.body()).contains("content=\"0;url=/\"").doesNotContain(token.text());
        assertThat(known().get("/api/runs").body()).contains("\"id\":\"sound\"");
    }

    @Test
    void anotherHostIsRefused() throws IOException {
        for (String host : List.of("evil.example", "evil.example:" + studio.port(), "127.0.0.1", "localhost:1")) {
            assertThat(known().host(host).get("/api/runs").status()).as(host).isEqualTo(403);
        }
        assertThat(known().host("localhost:" + studio.port()).get("/api/runs").status())
                .isEqualTo(200);
    }

    @Test
    void anotherOriginIsRefused() throws IOException {
        String note = "{\"id\":\"sound\",\"text\":\"x\"}";
        for (String origin :
                List.of("http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:" + studio.port())) {
            assertThat(known().header("Origin", origin)
                            .post("/api/run/note", note)
                            .status())
                    .as(origin)
                    .isEqualTo(403);
            assertThat(known().header("Origin", origin).get("/api/runs").status())
                    .isEqualTo(403);
        }
        assertThat(known().post("/api/run/note", note).status()).as("no origin").isEqualTo(403);
        for (String site : List.of("cross-site", "same-site")) {
            assertThat(known().header("Sec-Fetch-Site", site)
                            .get("/api/run/sample?id=sound&step=1")
                            .status())
                    .isEqualTo(403);
        }
        assertThat(runs.resolve("sound/note.txt")).doesNotExist();
        assertThat(acting().post("/api/run/note", note).status()).isEqualTo(200);
        assertThat(runs.resolve("sound/note.txt")).hasContent("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/runs", "/nothing"})
    void everyAnswerForbidsForeignScripts(String path) throws IOException {
        String text = known().get(path).text();
        assertThat(text).contains("Content-Security-Policy: default-src 'none'; script-src 'self';", "nosniff");
        assertThat(text).doesNotContain("unsafe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside",
                "sound/../../outside",
                "..",
                ".",
                "",
                "/etc",
                "sound/",
                "./sound",
                "..\\outside",
                "sound\0",
                "sound/../sound"
            })
    void namesThatLeadOutAreRefused(String name) throws IOException {
        Raw.Answer run = known().get("/api/run?id=" + encoded(name));
        assertThat(run.status()).isEqualTo(404);
        assertThat(run.body()).contains("there is no run");
        assertThat(known().get("/api/run/log?log=metrics&id=" + encoded(name)).status())
                .isEqualTo(404);
        String body = "{\"id\":" + Json.text(name) + "}";
        assertThat(acting().post("/api/run/delete", body).status()).isEqualTo(404);
        assertThat(runs.resolve("sound")).exists();
    }

    @Test
    void theIconIsFoundWhereBrowsersLookForIt() throws IOException {
        Raw.Answer answer = known().get("/favicon.ico");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.text()).contains("Location: /icon.svg");
        Raw.Answer icon = known().get("/icon.svg");
        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.text()).contains("image/svg+xml");
        assertThat(icon.body()).contains("<svg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../secret.png", "/js/../../secret.png", "/%2e%2e/secret.png", "/lib/uplot/../../../x"})
    void filesOfTheProgramAreTheOnlyOnes(String path) throws IOException {
        Raw.Answer answer = known().get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain(SECRET);
    }

    @Test
    void linksThatLeadOutAreNotFollowed() throws IOException {
        Files.createSymbolicLink(runs.resolve("link"), dir.resolve("outside"));
        Path sly = Fakes.run(runs.resolve("sly"), "DONE");
        Files.createSymbolicLink(sly.resolve("metrics.jsonl"), dir.resolve("outside/metrics.jsonl"));
        Files.createDirectories(sly.resolve("samples"));
        Files.createSymbolicLink(sly.resolve("samples/000001.png"), dir.resolve("secret.png"));
        assertThat(known().get("/api/run?id=link").status()).isEqualTo(404);
        assertThat(known().get("/api/runs").body()).contains("sly").doesNotContain("\"link\"");
        assertThat(known().get("/api/run/log?log=metrics&id=sly").status()).isEqualTo(404);
        Path sheet = Fakes.run(runs.resolve("sheet"), "DONE");
        Files.createDirectories(sheet.resolve("samples"));
        Files.createSymbolicLink(sheet.resolve("samples/000001.png"), dir.resolve("secret.png"));
        Raw.Answer sample = known().get("/api/run/sample?id=sheet&step=1");
        assertThat(sample.status()).isEqualTo(404);
        assertThat(sample.body()).doesNotContain(SECRET);
        Path settings = Fakes.run(runs.resolve("settings"), "DONE");
        Files.writeString(dir.resolve("secret.txt"), SECRET);
        Files.deleteIfExists(settings.resolve("recipe.yaml"));
        Files.createSymbolicLink(settings.resolve("recipe.yaml"), dir.resolve("secret.txt"));
        Raw.Answer run = known().get("/api/run?id=settings");
        assertThat(run.status()).isEqualTo(404);
        assertThat(run.body()).doesNotContain(SECRET);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no such pipes")
    void aRunWithAPipeOrAnImpossibleTimeDoesNotHideTheOthers() throws Exception {
        Path pipes = Fakes.run(runs.resolve("pipes"), "DONE");
        for (String file : List.of("metrics.jsonl", "recipe.yaml", "diagnosis.jsonl", "note.txt")) {
            Files.deleteIfExists(pipes.resolve(file));
            assertThat(new ProcessBuilder("mkfifo", pipes.resolve(file).toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
        Path late = Fakes.run(runs.resolve("late"), "DONE");
        String manifest = Files.readString(late.resolve("run.json"));
        Files.writeString(
                late.resolve("run.json"),
                manifest.replaceFirst("\"started\"( ?): ?\"[^\"]*\"", "\"started\":\"+1000000000-12-31T23:59:59Z\""));
        Raw.Answer list = known().get("/api/runs");
        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains("\"sound\"", "\"pipes\"", "\"late\"");
        assertThat(known().get("/api/run?id=pipes").status()).isEqualTo(404);
    }

    @Test
    void hostileNamesAndGiantFilesAreShownAsTheyAre() throws IOException {
        String name = "<img src=x onerror=alert(1)>\"'&";
        Fakes.run(runs.resolve(name), "DONE");
        Path giant = Fakes.run(runs.resolve("giant"), "DONE");
        for (String file : List.of("run.json", "metrics.jsonl", "diagnosis.jsonl", "evaluations.jsonl")) {
            try (RandomAccessFile sparse =
                    new RandomAccessFile(giant.resolve(file).toFile(), "rw")) {
                sparse.setLength(HUGE);
            }
        }
        Raw.Answer list = known().get("/api/runs");
        assertThat(list.text()).contains("Content-Type: application/json");
        assertThat(Json.text(name)).isSubstringOf(list.body());
        assertThat(list.body()).contains("run.json has " + HUGE + " bytes");
        assertThat(known().get("/api/run?id=" + encoded(name)).status()).isEqualTo(200);
        assertThat(known().get("/api/run?id=giant").status()).isEqualTo(200);
        assertThat(known().get("/api/run/log?log=metrics&id=giant").status()).isEqualTo(200);
    }

    @Test
    void aLongBodyIsRefused() throws IOException {
        assertThat(acting().post("/api/run/note", "{\"id\":\"sound\",\"text\":\"" + "x".repeat(20_000) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(acting().post("/api/run/note", "x".repeat(1 << 18)).status()).isEqualTo(413);
        assertThat(acting().post("/api/run/note", "[[[[[").status()).isEqualTo(400);
    }

    @Test
    void readOnlyChangesNothing() throws IOException {
        studio.close();
        studio = open(true);
        for (String action : List.of("note", "stop", "resume", "evaluate", "delete")) {
            Raw.Answer answer = acting().post("/api/run/" + action, "{\"id\":\"sound\",\"text\":\"x\"}");
            assertThat(answer.status()).as(action).isEqualTo(403);
            assertThat(answer.body()).contains("--read-only");
        }
        assertThat(acting().post("/api/new/train", "{\"data\":\"ring8\"}").status())
                .isEqualTo(403);
        assertThat(runs.resolve("sound/note.txt")).doesNotExist();
        assertThat(runs.resolve("sound")).exists();
    }

    @Test
    void aLockThatNamesAnotherProcessStopsNothing() throws Exception {
        Process innocent = new ProcessBuilder("sleep", "3600").start();
        try {
            String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            Files.writeString(
                    runs.resolve("sound/.lock"),
                    "process " + innocent.pid() + " on " + host + ", since 2026-01-01T00:00:00Z\n");
            Raw.Answer answer = acting().post("/api/run/stop", "{\"id\":\"sound\"}");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.body()).contains("sound is not being trained");
            assertThat(innocent.isAlive()).isTrue();
        } finally {
            innocent.destroyForcibly().waitFor();
        }
    }

    @Test
    void athousandConnectionsThatNeverReadDelayNobody() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 500; i++) {
                open.add(known().open("GET", "/api/runs/events", ""));
                open.add(raw().open("GET", "/lib/uplot/dist/uPlot.esm.js", ""));
            }
            assertThat(known().get("/api/runs").status())
                    .as("an answer, while all others wait")
                    .isEqualTo(200);
            assertThat(known().get("/api/runs/events").status())
                    .as("one stream too many")
                    .isEqualTo(503);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }
}

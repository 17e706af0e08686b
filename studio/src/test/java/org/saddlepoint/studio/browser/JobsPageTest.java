package org.saddlepoint.studio.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.ServerOptions;

/** Commands that were started from pages, from their first moment on, and runs that have logged nothing yet. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its programs are of a shell")
class JobsPageTest {
    @TempDir
    private static Path runs;

    private static Browser browser;
    private static Studio studio;

    /** What a started command does. */
    private static volatile String script = "";

    @BeforeAll
    static void open() {
        browser = Browser.start();
        ServerOptions options = ServerOptions.local().token(AccessToken.random());
        studio = Studio.open(runs, options, arguments -> List.of("sh", "-c", script));
        browser.open(studio.address(), "/runs");
        browser.size(1280, 900);
    }

    @AfterAll
    static void close() {
        if (studio != null) {
            studio.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void forgetComplaints() {
        browser.get("about:blank"); // what the page before still asks for is no complaint about the next
        browser.complaints();
    }

    private static void train(String program) {
        script = program;
        browser.open("http://127.0.0.1:" + studio.port() + "/", "/new");
        browser.enter("#train");
        browser.await("the list", any -> "runs".equals(browser.css("main").getAttribute("data-page")));
    }

    @Test
    void aNewRunThatFailsAtOnceIsSeenWithWhatItSaidUntilItIsForgotten() throws IOException {
        train("echo there is no such data; exit 3");
        browser.await("its end", any -> browser.text().contains("ended with 3") ? true : null);
        browser.says("there is no such data");
        browser.says("./saddlepoint train");
        assertThat(browser.complaints())
                .isEmpty(); // before the search for faults, which makes Chromium complain itself
        assertThat(browser.faults()).isEmpty();
        browser.enter("#jobs button");
        browser.await("nothing", any -> browser.all("#jobs details").isEmpty());
    }

    @Test
    void aNewRunThatHasNoFolderYetIsSeenAndStopped() {
        train("echo it starts; exec sleep 86400");
        browser.says("it starts");
        browser.await(
                "it runs", any -> !browser.all("#jobs [data-running='true']").isEmpty());
        browser.enter("#jobs button");
        browser.await(
                "its end", any -> !browser.all("#jobs [data-running='false']").isEmpty());
        browser.enter("#jobs button");
        browser.await("nothing", any -> browser.all("#jobs details").isEmpty());
    }

    @Test
    void aRunIsFollowedFromBeforeItsFirstLine() throws IOException {
        Path run = Fakes.run(runs.resolve("young"), "RUNNING");
        browser.open("http://127.0.0.1:" + studio.port() + "/", "/run?id=young");
        browser.appears("#diagnosis");
        Fakes.log(run, 1, 7);
        browser.await("its points", any -> browser.all("[data-group=losses] .chart").stream()
                .anyMatch(chart -> "7".equals(chart.getAttribute("data-points"))));
    }
}

package org.saddlepoint.studio.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.saddlepoint.studio.SmallPictures;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.ServerOptions;

/** Around a kept sample: directions and training pictures, by keyboard, in both languages. */
class ExplorePageTest {
    /** Where a picture of the page is kept, to look at; none unless it is set. */
    private static final String PICTURE = System.getProperty("saddlepoint.screenshot", "");

    @TempDir
    private static Path temp;

    private static Browser browser;
    private static Studio studio;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.start();
        SmallPictures.train(temp.resolve("runs/grey"), SmallPictures.write(temp.resolve("pictures"), false));
        ServerOptions options = ServerOptions.local().token(AccessToken.random());
        studio = Studio.open(temp.resolve("runs"), options, arguments -> List.of("true"));
        browser.open(studio.address(), "/runs");
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

    /** Holds searches, says how far they are, and ends them when they are stopped. */
    private static final String SLOW_SEARCH =
            """
            const real = window.fetch.bind(window);
            let end;
            window.fetch = (path, options) => {
              if (path.includes('/nearest/progress')) return Promise.resolve(new Response('{"reading":true,"done":640,"of":2000}'));
              if (path.includes('/nearest/stop')) {
                end(new Response('{"error":"stopped by the test"}', {status: 409}));
                return Promise.resolve(new Response('{}'));
              }
              return path.includes('/nearest?') ? new Promise(done => { end = done; }) : real(path, options);
            };
            """;

    @Test
    void aSearchShowsHowFarItIsAndIsStopped() throws IOException {
        keepASample();
        browser.appears("#nearestbutton");
        browser.script(SLOW_SEARCH);
        browser.enter("#nearestbutton");
        browser.says("#nearestcount", "640 of 2,000 training pictures read");
        assertThat(browser.css("#nearestreading progress").getAttribute("value"))
                .isEqualTo("640");
        assertThat(browser.faults()).isEmpty();
        browser.enter("#neareststop");
        browser.says("#nearestwords", "The search was stopped.");
        assertThat(browser.css("#nearestreading").isDisplayed()).isFalse();
        assertThat(browser.css("#nearestbutton").equals(browser.script("return document.activeElement")))
                .as("the focus goes back to the search")
                .isTrue();
    }

    @Test
    void aSampleIsMovedAlongDirectionsAndTrainingPicturesAreSearched() throws IOException {
        browser.size(1280, 1000);
        keepASample();
        browser.await("the sample", any -> !browser.all("#latents .large[data-moves='0'] canvas")
                .isEmpty());
        WebElement slider = browser.appears("[data-direction='1']");
        slider.sendKeys(Keys.ARROW_RIGHT);
        browser.await("it moved", any -> !browser.all("#latents .large[data-moves='1'] canvas")
                .isEmpty());
        browser.says("Direction 2 (strength");
        browser.enter("#nearestbutton");
        browser.await("neighbours", any -> browser.all("#nearest .tile").size() == 9);
        browser.says("By pixels: 12 of 12 training pictures searched.");
        assertThat(browser.complaints())
                .isEmpty(); // before the search for faults, which makes Chromium complain itself
        assertThat(browser.faults()).isEmpty();
        for (int width : new int[] {360, 768}) {
            browser.fits(width);
        }
        browser.size(1280, 2400);
        if (!PICTURE.isEmpty()) {
            browser.screenshot(Path.of(PICTURE));
        }
        browser.click(".tools button"); // to Chinese, which opens the page anew
        browser.says("探索");
        browser.await("samples", any -> browser.all("#drawn .tile").size() == 48);
        browser.enter("#drawn .tile");
        browser.enter("#kept .tile");
        browser.says("第一层的方向");
        browser.says("最近的训练图像");
        browser.click(".tools button");
        browser.says("Explore");
    }

    private static void keepASample() {
        browser.get("about:blank");
        browser.complaints();
        browser.open("http://127.0.0.1:" + studio.port() + "/", "/explore?id=grey");
        browser.await("samples", any -> browser.all("#drawn .tile").size() == 48);
        browser.enter("#drawn .tile");
        browser.enter("#kept .tile");
    }
}

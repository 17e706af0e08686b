package org.saddlepoint.studio.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.lab.Experiments;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.ServerOptions;

/** An experiment is set, run by keyboard, followed and read. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its program is of a shell")
class LabPageTest {
    /** Where a picture of the page is kept, to look at; none unless it is set. */
    private static final String PICTURE = System.getProperty("saddlepoint.screenshot.lab", "");

    @TempDir
    private static Path temp;

    private static volatile List<String> asked = List.of();
    private static Browser browser;
    private static Studio studio;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.start();
        ImageIO.write(
                new BufferedImage(900, 300, BufferedImage.TYPE_INT_RGB),
                "png",
                temp.resolve("figure.png").toFile());
        ServerOptions options = ServerOptions.local().token(AccessToken.random());
        studio = Studio.open(temp.resolve("runs"), options, LabPageTest::program, List.of(Experiments.LINES));
        browser.open(studio.address(), "/runs");
    }

    private static List<String> program(List<String> arguments) {
        asked = arguments;
        return Experiments.program(arguments, temp.resolve("go"));
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

    @Test
    void anExperimentIsRunAndItsClaimsAreRead() throws IOException {
        browser.size(1280, 1000);
        browser.open("http://127.0.0.1:" + studio.port() + "/", "/lab");
        WebElement theta = browser.appears("[data-option='--theta']");
        theta.sendKeys(Keys.chord(Keys.CONTROL, "a"), "2.5", Keys.TAB);
        browser.enter("#labbegin");
        browser.await("progress", any -> browser.css("#labrun").getText().contains("42 % · the lines"));
        assertThat(asked).contains("lab", "parallel-lines", "--theta=2.5", "--quick");
        assertThat(browser.complaints())
                .isEmpty(); // before the search for faults, which makes Chromium complain itself
        assertThat(browser.faults()).isEmpty();
        Files.createFile(temp.resolve("go"));
        browser.await("claims", any -> browser.all("[data-claim]").size() == 2);
        browser.await("the figure", any ->
                (Boolean) browser.script("return document.getElementById('figure').naturalWidth === 900"));
        assertThat(browser.css("#verdict").getText()).isEqualTo("1 of 2 claims do not hold.");
        assertThat(browser.css("[data-claim=js]").getText()).contains(">= Infinity", "0.69", "fails");
        assertThat(browser.css("[data-claim=w]").getText()).contains("2.5 ± 0.01", "holds");
        for (String theme : List.of("light", "dark")) {
            browser.script("document.documentElement.dataset.theme = arguments[0]", theme);
            assertThat(browser.faults()).as(theme).isEmpty();
        }
        for (int width : new int[] {360, 768}) {
            browser.fits(width);
        }
        browser.size(1280, 1400);
        if (!PICTURE.isEmpty()) {
            browser.screenshot(Path.of(PICTURE));
        }
        browser.click(".tools button");
        browser.says("运行实验");
        browser.await("claims", any -> browser.all("[data-claim]").size() == 2);
    }
}

package org.saddlepoint.studio.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.saddlepoint.Run;
import org.saddlepoint.RunOptions;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.recipes.DataSources;
import org.saddlepoint.recipes.Recipe;
import org.saddlepoint.recipes.RecipeGroup;
import org.saddlepoint.recipes.Recipes;
import org.saddlepoint.studio.Fakes;
import org.saddlepoint.studio.Studio;
import org.saddlepoint.studio.server.AccessToken;
import org.saddlepoint.studio.server.ServerException;
import org.saddlepoint.studio.server.ServerOptions;

/** Every page in a real Chromium. */
class StudioPagesTest {
    private static final AccessToken TOKEN = AccessToken.random();
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String LOGS_ASKED_FOR = "return performance.getEntriesByType('resource')"
            + ".filter(each => each.name.includes('/api/run/log')).length";

    /** Marks what has the focus; false if nothing has, because the last element was left. */
    private static final String MARK_FOCUS =
            """
            const element = document.activeElement;
            if (element === document.body) return false;
            element.dataset.reached = getComputedStyle(element).outlineStyle;
            return true;
            """;

    private static final String NOT_REACHED =
            """
            return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
              .filter(each => each.checkVisibility() && !each.disabled && !each.closest('details:not([open]) > :not(summary)'))
              .filter(each => (each.dataset.reached || 'none') === 'none')
              .map(each => each.outerHTML);
            """;

    @TempDir
    private static Path runs;

    private static Browser browser;
    private static Studio studio;

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.start();
        train("points", "gan-points", "ring8");
        train("pictures", "cdcgan", "digits");
        Fakes.log(Fakes.run(runs.resolve(HOSTILE), "DONE"), 1, 20);
        studio = anywhere();
        browser.open(studio.address(), "/runs");
    }

    private static Studio studio(int port) {
        return Studio.open(
                runs, ServerOptions.local().port(port).token(TOKEN), arguments -> List.of("echo", "told " + arguments));
    }

    private static void train(String name, String recipeName, String spec) {
        Recipe recipe = Recipes.load(recipeName, Map.of("steps", "4", "logEvery", "1"));
        try (Dataset data = DataSources.open(spec, recipe.dataOptions())) {
            Run.train(recipe, data, runs.resolve(name), RunOptions.DEFAULT.threads(1));
        }
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

    /** Each test has a page of its own: what the page before still asks for is no complaint about this one. */
    @BeforeEach
    void desktop() {
        browser.get("about:blank");
        browser.size(1280, 900);
        browser.complaints();
    }

    private static void show(String page) {
        browser.open("http://127.0.0.1:" + studio.port() + "/", page); // the cookie has the token by now
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs",
                "/run?id=points",
                "/run?id=pictures",
                "/explore?id=pictures",
                "/explore?id=points",
                "/translate",
                "/compare?ids=%5B%22points%22%2C%22pictures%22%5D",
                "/play",
                "/new"
            })
    void everyPageLoadsWithoutComplaintFitsAllScreensAndIsAccessible(String page) throws IOException {
        show(page);
        browser.await("no more loading", any -> !browser.css("main").getText().startsWith("Loading"));
        assertThat(browser.complaints()).isEmpty();
        for (String theme : List.of("light", "dark")) {
            browser.script(
                    "document.documentElement.dataset.theme = arguments[0]; document.dispatchEvent(new CustomEvent('theme'))",
                    theme);
            assertThat(browser.faults()).as(theme).isEmpty();
        }
        for (int width : new int[] {360, 768, 3840}) {
            browser.fits(width);
        }
    }

    @Test
    void aRunThatIsTrainedIsFollowedToItsEndThroughARestartAndItsDeletion() throws IOException {
        Path run = Fakes.run(runs.resolve("live"), "RUNNING");
        Fakes.log(run, 1, 10);
        show("/run?id=live");
        browser.await("10 points", any -> points() == 10);
        Object asked = browser.script(LOGS_ASKED_FOR);
        for (int part = 1; part <= 3; part++) {
            Fakes.log(run, 10L * part + 1, 10L * part + 10);
            int expected = 10 * part + 10;
            browser.await(expected + " points", any -> points() == expected);
        }
        assertThat(browser.script(LOGS_ASKED_FOR))
                .as("logs that the page has asked for: it is told what is new, within the time of RunPages")
                .isEqualTo(asked);
        Fakes.run(run, "DONE");
        browser.says("done");

        int port = studio.port();
        studio.close();
        browser.says("The studio does not answer");
        studio = again(port);
        Fakes.log(run, 41, 50);
        browser.await("what was written meanwhile", any -> points() == 50);

        delete(run);
        browser.appears("#gone");
    }

    @Test
    void aPageThatCannotBeSeenRestsAndShowsWhatItMissed() throws IOException {
        Path run = Fakes.run(runs.resolve("unseen"), "RUNNING");
        Fakes.log(run, 1, 10);
        show("/run?id=unseen");
        browser.await("10 points", any -> points() == 10);
        browser.await("a connection", any -> "open".equals(connection()));
        hide(true);
        assertThat(connection()).isEqualTo("resting");
        Fakes.log(run, 11, 20);
        hide(false);
        browser.await("what was written meanwhile", any -> points() == 20);
        assertThat(connection()).isEqualTo("open");
        assertThat(browser.complaints()).isEmpty();
        delete(run);
        browser.appears("#gone");
    }

    private static String connection() {
        return browser.css("body").getAttribute("data-connection");
    }

    /** As a browser does with a page that is behind another. */
    private static void hide(boolean hidden) {
        browser.script(
                "Object.defineProperty(document, 'hidden', {configurable: true, value: arguments[0]});"
                        + "document.dispatchEvent(new Event('visibilitychange'))",
                hidden);
    }

    /** The same studio, at a port that another program may have for a moment. */
    private static Studio again(int port) {
        return browser.await("the port " + port, any -> {
            try {
                return studio(port);
            } catch (ServerException taken) {
                return null;
            }
        });
    }

    /** At a port that no program is given that asks for any: those lie above on all systems. */
    private static Studio anywhere() {
        Random random = new Random();
        return browser.await("a port", any -> {
            try {
                return studio(10_000 + random.nextInt(20_000));
            } catch (ServerException taken) {
                return null;
            }
        });
    }

    private static int points() {
        List<WebElement> charts = browser.all("[data-group=losses] .chart");
        String points = charts.isEmpty() ? null : charts.get(0).getAttribute("data-points");
        return points == null ? 0 : Integer.parseInt(points);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void aHostileNameIsTextAndNothingElse() {
        show("/runs");
        browser.click(HOSTILE, any -> browser.all("a").stream()
                .filter(link -> link.getText().equals(HOSTILE))
                .findFirst()
                .orElse(null));
        browser.await("its page", any -> "run".equals(browser.css("main").getAttribute("data-page")));
        browser.says("h1", HOSTILE);
        assertThat(browser.all("img[onerror]")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theListIsFilteredAndNewRunsAppear() throws IOException {
        show("/runs");
        WebElement filter = browser.css("#filter");
        filter.sendKeys("pictures");
        browser.await("one run", any -> browser.all(".run").size() == 1);
        filter.clear();
        filter.sendKeys("fresh");
        browser.says("No run matches");
        Path fresh = Fakes.run(runs.resolve("fresh"), "DONE");
        browser.await("the new run", any -> browser.all(".run").size() == 1);
        delete(fresh);
        browser.says("No run matches");
    }

    @Test
    void aRunIsNotedResumedEvaluatedDeletedAndRestored() throws IOException {
        Fakes.log(Fakes.run(runs.resolve("acted"), "INTERRUPTED"), 1, 10);
        show("/run?id=acted");
        browser.appears("#note").sendKeys("keep this one");
        browser.click("#save");
        browser.says("The note is saved.");
        assertThat(runs.resolve("acted/note.txt")).hasContent("keep this one");
        browser.click("#resume");
        browser.says("./saddlepoint resume");
        browser.click("#evaluate");
        browser.says("./saddlepoint evaluate");
        browser.click("#delete");
        browser.click("dialog[open] .danger");
        browser.await("the list", any -> "runs".equals(browser.css("main").getAttribute("data-page")));
        assertThat(runs.resolve("acted")).doesNotExist();
        browser.click("summary");
        browser.click("details li button");
        browser.says("keep this one");
        assertThat(runs.resolve("acted/metrics.jsonl")).exists();
        delete(runs.resolve("acted"));
    }

    @Test
    void samplesAreDrawnKeptAndWalkedBetween() {
        show("/explore?id=pictures");
        browser.await("samples", any -> browser.all("#drawn .tile").size() == 48);
        assertThat(browser.css("#took").getText()).contains("48 samples of step 4");
        browser.click("a sample", any -> browser.all("#drawn .tile").get(0));
        browser.click("another", any -> browser.all("#drawn .tile").get(20));
        browser.click("#walkbutton");
        browser.await("a walk", any -> browser.all("#walk .tile").size() == 9);
        browser.click("#kept .tile");
        browser.await("a map", any -> browser.all("#map .tile").size() == 49);
        WebElement first = browser.css("#drawn .tile");
        browser.click("#draw");
        browser.await("others", any -> !first.equals(browser.css("#drawn .tile")));
        assertThat(browser.all("#drawn .tile")).hasSize(48);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aGameIsPlayedPausedSteppedAndRewound() {
        show("/play");
        browser.await("a game", any -> step() == 0);
        browser.click("#step");
        browser.await("one step", any -> step() == 1);
        browser.click("#run");
        browser.await("many steps", any -> step() > 10);
        browser.click("#run");
        browser.says("#run", "Run");
        browser.click("#rewind");
        browser.await("the beginning", any -> step() == 0);
        assertThat(browser.complaints()).isEmpty();
    }

    private static long step() {
        String step = browser.all("[data-lane]").isEmpty()
                ? null
                : browser.css("[data-lane]").getAttribute("data-step");
        return step == null ? -1 : Long.parseLong(step);
    }

    @Test
    void aNewRunShowsItsCommandAndLooksAtTheData() {
        show("/new");
        WebElement data = browser.appears("#data");
        data.clear();
        data.sendKeys("ring8", Keys.TAB);
        browser.await("the command", any -> browser.css("#command").getText().contains("--data=ring8 --minutes=2"));
        browser.click("#look");
        browser.says("Recipe gan-points");
        browser.click("#train");
        browser.says("The training has begun");
    }

    @Test
    void recipesAreChosenFromTheGroupsThatTheCommandLineLists() {
        show("/new");
        browser.appears("optgroup");
        for (RecipeGroup group : RecipeGroup.values()) {
            assertThat(browser.all("optgroup[label='" + group.title() + "'] option").stream()
                            .map(WebElement::getText))
                    .as(group.title())
                    .containsExactlyElementsOf(group.names());
        }
        browser.click("option[value=wgan-points]");
        browser.says(Recipes.summary("wgan-points"));
        browser.await("the command", any -> browser.css("#command").getText().contains("train wgan-points --data"));
    }

    @Test
    void thePagesAreReadInChineseAndReachedByKeyboard() {
        show("/runs");
        browser.click(".tools button");
        browser.says("新训练");
        browser.click(".tools button");
        browser.says("New run");
        browser.reload();
        browser.await("the page", any -> "runs".equals(browser.css("main").getAttribute("data-page")));
        browser.css("body").sendKeys(Keys.TAB);
        assertThat(browser.css("#skip").equals(active())).isTrue();
        for (int i = 0; i < 3; i++) {
            active().sendKeys(Keys.TAB); // the name, Runs, Compare
        }
        assertThat(active().getText()).isEqualTo("Compare");
        active().sendKeys(Keys.ENTER);
        browser.await("the page", any -> "compare".equals(browser.css("main").getAttribute("data-page")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs", "/run?id=pictures", "/explore?id=points", "/compare", "/play", "/new"})
    void everythingOnAPageIsReachedByKeyboardAndShowsIt(String page) {
        show(page);
        browser.css("body").sendKeys(Keys.TAB);
        for (int i = 0; i < 100 && (Boolean) browser.script(MARK_FOCUS); i++) {
            active().sendKeys(Keys.TAB);
        }
        assertThat(browser.script(NOT_REACHED)).isEqualTo(List.of());
    }

    private static WebElement active() {
        return (WebElement) browser.script("return document.activeElement");
    }

    @Test
    void withoutTheTokenAPageSaysWhatToDo() {
        try (Browser stranger = Browser.start()) {
            stranger.get("http://127.0.0.1:" + studio.port() + "/");
            assertThat(stranger.css("body").findElement(By.xpath(".")).getText())
                    .contains("open the whole address");
        }
    }
}

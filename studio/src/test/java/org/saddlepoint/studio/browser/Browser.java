package org.saddlepoint.studio.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.ElementNotInteractableException;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.remote.http.ClientConfig;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium without a window, in which tests look at pages. Pages draw themselves anew whenever something happens, so that an
 * element may be gone a moment after it was found: whatever is asked of the page is asked again until it is so.
 */
final class Browser implements AutoCloseable {
    /** On a machine that is busy or slow everything takes longer; no test waits for this to end. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Starts Chromium; skips the test where it is not installed. */
    static Browser start(String... arguments) {
        Optional<File> chromium = installed("chromium", "chromium-browser", "google-chrome");
        Optional<File> chromedriver = installed("chromedriver");
        assumeTrue(
                chromium.isPresent() && chromedriver.isPresent(),
                "skipped: needs Chromium and its driver (Debian: apt install chromium chromium-driver)");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow());
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en");
        options.addArguments("--hide-scrollbars", "--force-color-profile=srgb", "--force-prefers-reduced-motion");
        options.addArguments(arguments);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("browserStartupTimeout", PATIENCE.toMillis());
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .withTimeout(PATIENCE)
                .build();
        ChromeDriver driver =
                new ChromeDriver(service, options, ClientConfig.defaultConfig().readTimeout(PATIENCE.multipliedBy(2)));
        driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
        return new Browser(driver);
    }

    private static Optional<File> installed(String... names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> Stream.of(names).map(name -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    /** Opens a page with the token in its address, and waits until it is shown. */
    void open(String address, String page) {
        driver.get(address + "#" + page);
        shown(page);
    }

    /** Opens an address, whatever it answers. */
    void get(String address) {
        driver.get(address);
    }

    private void shown(String page) {
        String name = page.replaceAll("^/|\\?.*$", "");
        await(
                "the page " + name,
                any -> !all("main").isEmpty() && name.equals(css("main").getAttribute("data-page")));
    }

    <T> T await(String what, Function<Object, T> found) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(what)
                .ignoring(StaleElementReferenceException.class)
                .until(found::apply);
    }

    /** Waits for an element that can be clicked, and clicks it, once. */
    void click(String selector) {
        click(selector, any -> css(selector));
    }

    /** As {@link #click(String)}, for the element that is found so. */
    void click(String what, Function<Object, WebElement> found) {
        once("a click on " + what, found, WebElement::click);
    }

    /** As {@link #click(String)}, with the key Enter. */
    void enter(String selector) {
        once("Enter on " + selector, any -> css(selector), element -> element.sendKeys(Keys.ENTER));
    }

    private void once(String what, Function<Object, WebElement> found, Consumer<WebElement> action) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(what)
                .ignoring(StaleElementReferenceException.class)
                .ignoring(ElementNotInteractableException.class) // not there yet, or under something else
                .until(any -> {
                    WebElement element = found.apply(any);
                    if (element == null) {
                        return false;
                    }
                    action.accept(element);
                    return true;
                });
    }

    /** Waits until an element says exactly this. */
    void says(String selector, String words) {
        await(
                selector + " with the words " + words,
                any -> css(selector).getText().equals(words));
    }

    WebElement css(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Waits for an element. */
    WebElement appears(String selector) {
        return await(selector, any -> all(selector).isEmpty() ? null : css(selector));
    }

    String text() {
        return css("body").getText();
    }

    void says(String words) {
        await("the words " + words, any -> text().contains(words) ? true : null);
    }

    Object script(String code, Object... arguments) {
        return driver.executeScript(code, arguments);
    }

    void size(int width, int height) {
        driver.manage().window().setSize(new Dimension(width, height));
    }

    void reload() {
        driver.navigate().refresh();
    }

    /** What Chromium complained of since the last call. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /** Faults of accessibility on the page as it is, that are serious or worse. */
    @SuppressWarnings("unchecked")
    List<String> faults() throws IOException {
        try (InputStream in = Browser.class.getResourceAsStream(AXE)) {
            assertThat(in).as(AXE).isNotNull();
            driver.executeScript(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        List<Map<String, Object>> violations = (List<Map<String, Object>>)
                driver.executeAsyncScript(
                        "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.map(v =>"
                                + " ({id: v.id, impact: v.impact, at: v.nodes.map(n => n.html + ' ' + n.failureSummary).join(' | ')}))))");
        return violations.stream()
                .filter(each -> List.of("serious", "critical").contains(String.valueOf(each.get("impact"))))
                .map(each -> each.get("id") + ": " + each.get("at"))
                .toList();
    }

    /** Waits until the page has taken its place in a window of this width, and is no wider. */
    void fits(int width) {
        size(width, 900);
        await("a page that is no wider than " + width, any -> (Boolean) script(
                "return innerWidth === arguments[0] && document.documentElement.scrollWidth <= innerWidth + 1", width));
    }

    void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}

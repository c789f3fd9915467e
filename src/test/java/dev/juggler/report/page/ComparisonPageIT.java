package dev.juggler.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** Tests the page in headless Chromium, as packaged by Debian; skipped if that is not installed. */
class ComparisonPageIT {
    private static final Path BROWSER = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final int PHONE_WIDTH = 360;

    @TempDir
    private static Path folder;

    private static ChromeDriver browser;

    @BeforeAll
    static void startBrowser() {
        assumeTrue(
                Files.isExecutable(BROWSER) && Files.isExecutable(DRIVER),
                "needs Debian's packages chromium and chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(BROWSER.toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--user-data-dir=" + folder);
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        browser = new ChromeDriver(service, options);
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.quit();
        }
    }

    @ParameterizedTest(name = "{0} tasks, {1}, {2} wide, on {3}")
    @CsvSource({"10,light,1200,screen", "10,dark,1200,screen", "100000,light,360,screen", "100000,light,800,print"})
    void isAccessibleAndFitsTheWindow(int tasks, String scheme, int width, String medium) throws Exception {
        show(tasks, scheme, width, medium);

        Results results = new AxeBuilder().analyze(browser);

        assertEquals(
                List.of(),
                results.getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().getFirst().getHtml())
                        .toList());
        assertTrue(results.getPasses().size() > 10, "the check tested nothing");
        Number overflow = (Number) browser.executeScript(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertEquals(0, overflow.intValue(), "the page is wider than its window");
    }

    @Test
    void satisfiesItsOwnPolicyAndLoadsNothing() throws Exception {
        show(10, "light", 1200, "screen");

        assertEquals(
                List.of(),
                browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                        .map(LogEntry::getMessage)
                        .toList());
        assertEquals(0L, browser.executeScript("return performance.getEntriesByType('resource').length"));
        // The style sheet took effect, so its hash is correct.
        assertEquals("0px", browser.findElement(By.tagName("h4")).getCssValue("margin-top"));
    }

    @Test
    void detailsOpenWithTheKeyboard() throws Exception {
        show(10, "light", PHONE_WIDTH, "screen");
        WebElement details = browser.findElement(By.cssSelector("figure details"));

        details.findElement(By.tagName("summary")).sendKeys(Keys.ENTER);

        assertEquals("true", details.getDomProperty("open"));
        assertTrue(details.findElement(By.cssSelector("tbody th")).isDisplayed());
    }

    @Test
    void darkAndLightSchemesDiffer() throws Exception {
        show(10, "light", 1200, "screen");
        String light = background();
        show(10, "dark", 1200, "screen");

        assertTrue(!light.equals(background()), light);
    }

    private static String background() {
        return browser.findElement(By.tagName("body")).getCssValue("background-color");
    }

    private static void show(int tasks, String scheme, int width, String medium) throws Exception {
        Path page = folder.resolve("page-" + tasks + ".html");
        Files.write(page, ComparisonPage.of(List.of(Timelines.comparison(tasks)), List.of()));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width <= PHONE_WIDTH));
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        medium.equals("print") ? "print" : "",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        browser.get(page.toUri().toString());
    }
}

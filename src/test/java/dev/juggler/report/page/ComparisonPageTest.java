package dev.juggler.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.report.ComparedJob;
import dev.juggler.report.Comparison;
import dev.juggler.report.Comparisons;
import dev.juggler.report.MachineInfo;
import dev.juggler.report.MeasurementSetup;
import dev.juggler.report.ModelRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
    private static final String HOSTILE = "\"><img src=x onerror=alert(1)><script>alert(2)</script>' onload='";

    @Test
    void escapesUntrustedNames() {
        Comparison plain = Timelines.comparison(20);
        ModelRuns runs = plain.models().getFirst();
        ModelRuns hostile =
                new ModelRuns(HOSTILE, HOSTILE, 2, 2, runs.runs(), Timelines.renamed(HOSTILE, runs.timeline()));
        Comparison comparison = new Comparison(
                plain.schema(),
                new ComparedJob(HOSTILE, HOSTILE, HOSTILE),
                new MachineInfo(HOSTILE, HOSTILE, 2, HOSTILE),
                new MeasurementSetup(HOSTILE, 1, false, HOSTILE),
                List.of(hostile),
                List.of(HOSTILE));

        String page = page(List.of(comparison, comparison), List.of(HOSTILE));

        assertFalse(page.contains("<img") || page.contains("<script"), "contains foreign markup");
        assertFalse(page.contains("' onload"), "contains a foreign attribute");
        assertTrue(page.contains("&lt;script&gt;alert(2)"), "the name is missing");
    }

    @Test
    void loadsNothingAndRunsNothing() {
        String page = page(List.of(Timelines.comparison(20)), List.of());

        assertTrue(page.contains("content=\"default-src &#39;none&#39;; style-src")
                || page.contains("content=\"default-src 'none'; style-src 'sha256-"));
        assertFalse(page.contains("<script") || page.contains(" style=") || page.contains("<link"), page);
        Matcher references =
                Pattern.compile("(?:href|src|action)=\"(?!#)|url\\(|@import").matcher(page);
        assertFalse(references.find(), "it refers to another document");
    }

    @Test
    void showsASampleOfVeryManyTasks() {
        String page = page(List.of(Timelines.comparison(100_000)), List.of());

        assertTrue(page.contains("A sample: 1,5"), "it does not say that it is a sample");
        assertTrue(page.contains(" of 100,000 tasks"), "it does not name the number of tasks");
        assertTrue(page.length() < 1_000_000, page.length() + " bytes");
    }

    @Test
    void hasNoTimelineSectionWithoutTimelines() {
        String page = page(List.of(Comparisons.of(Comparisons.model("async", 64, 1, 2))), List.of());

        assertFalse(page.contains("<figure>") || page.contains("Timelines"), page);
    }

    @Test
    void drawsChartsWithoutAScreen() throws Exception {
        List<Comparison> all = List.of(Timelines.comparison(20));

        byte[] png = ComparisonChart.of(all, ChartFormat.PNG);
        String svg = new String(ComparisonChart.of(all, ChartFormat.SVG), StandardCharsets.UTF_8);

        assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
        assertTrue(svg.contains("<svg") && svg.contains("47,127,151"), svg.substring(0, 200));
        assertFalse(svg.contains("<script"), "a chart contains a script");
    }

    private static String page(List<Comparison> comparisons, List<String> differences) {
        return new String(ComparisonPage.of(comparisons, differences), StandardCharsets.UTF_8);
    }
}

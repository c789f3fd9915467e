package dev.juggler.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.report.Comparison;
import dev.juggler.report.Comparisons;
import dev.juggler.report.MachineInfo;
import dev.juggler.report.ModelRuns;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ComparisonPageTest {
    private static final String EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>' onload='";

    @Test
    void untrustedNamesAreInert() {
        Comparison plain = Timelines.comparison(20);
        ModelRuns runs = plain.models().getFirst();
        ModelRuns evil = new ModelRuns(EVIL, EVIL, 2, 2, runs.runs(), Timelines.named(EVIL, runs.timeline()));
        Comparison comparison = new Comparison(
                plain.schema(),
                EVIL,
                EVIL,
                EVIL,
                new MachineInfo(EVIL, EVIL, 2, EVIL),
                EVIL,
                1,
                false,
                EVIL,
                List.of(evil),
                List.of(EVIL));

        String page = page(List.of(comparison, comparison), List.of(EVIL));

        assertFalse(page.contains("<img") || page.contains("<script"), "markup of others is in it");
        assertFalse(page.contains("' onload"), "an attribute of others is in it");
        assertTrue(page.contains("&lt;script&gt;alert(2)"), "the name is not in it");
    }

    @Test
    void asksForNothingAndRunsNothing() {
        String page = page(List.of(Timelines.comparison(20)), List.of());

        assertTrue(page.contains("content=\"default-src &#39;none&#39;; style-src")
                || page.contains("content=\"default-src 'none'; style-src 'sha256-"));
        assertFalse(page.contains("<script") || page.contains(" style=") || page.contains("<link"), page);
        Matcher references =
                Pattern.compile("(?:href|src|action)=\"(?!#)|url\\(|@import").matcher(page);
        assertFalse(references.find(), "it refers to something elsewhere");
    }

    @Test
    void aPageOfVeryManyTasksStaysSmallAndSaysThatItIsASample() {
        String page = page(List.of(Timelines.comparison(100_000)), List.of());

        assertTrue(page.contains("A sample: 1,5"), "it does not say that it is a sample");
        assertTrue(page.contains(" of 100,000 tasks"), "it does not say of how many");
        assertTrue(page.length() < 1_000_000, page.length() + " bytes");
    }

    @Test
    void withoutTimelinesThereIsNoRoomForThem() {
        String page = page(List.of(Comparisons.of(Comparisons.model("async", 64, 1, 2))), List.of());

        assertFalse(page.contains("<figure>") || page.contains("meanwhile"), page);
    }

    @Test
    void chartsAreDrawnWithoutAScreen() throws Exception {
        List<Comparison> all = List.of(Timelines.comparison(20));

        byte[] png = ComparisonChart.of(all, ChartFormat.PNG);
        String svg = new String(ComparisonChart.of(all, ChartFormat.SVG), StandardCharsets.UTF_8);

        assertEquals("PNG", new String(png, 1, 3, StandardCharsets.US_ASCII));
        assertTrue(svg.contains("<svg") && svg.contains("47,127,151"), svg.substring(0, 200));
        assertFalse(svg.contains("<script"), "a chart runs nothing");
    }

    private static String page(List<Comparison> comparisons, List<String> differences) {
        return new String(ComparisonPage.of(comparisons, differences), StandardCharsets.UTF_8);
    }
}

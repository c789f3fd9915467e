package dev.juggler.report;

import static dev.juggler.report.Comparisons.model;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
    private static final Comparison COMPARISON =
            Comparisons.of(model("sequential", 1, 9.0, 9.5, 8.5), model("async", 64, 0.2, 0.3, 0.1));

    @Test
    void showsMediansRangesAndBarsThenTheCost() {
        List<String> lines = ComparisonTable.lines(COMPARISON, TableStyle.plain(100));

        assertEquals(" model       workers  in flight  seconds    min–max  speed-up  tasks/s", lines.get(0));
        assertTrue(
                lines.get(1).startsWith(" sequential        1          1     9.00  8.50–9.50     1.00x     10.0  █"));
        assertTrue(lines.get(2).startsWith(" async             1         64     0.20  0.10–0.30     45.0x      450  "));
        assertEquals(
                " model       in Python     start-up s  p50 ms  p95 ms  p99 ms  CPU s  peak MB  failed", lines.get(4));
        assertEquals(
                " async       a plain loop       0.010    9.00    20.0    30.0   0.10       50       0", lines.get(6));
    }

    @Test
    void isAsciiWithoutUnicode() {
        String table = String.join("\n", ComparisonTable.lines(COMPARISON, new TableStyle(100, false, false)));

        assertTrue(table.chars().allMatch(each -> each < 128), table);
        assertTrue(table.contains("8.50-9.50"), table);
    }

    @Test
    void markdownHasEveryColumnAndEscapesNames() {
        ModelRuns evil = new ModelRuns("a|b<script>", "`x`", 1, 1, List.of(Comparisons.run(1, 2)), null);

        List<String> lines = ComparisonMarkdown.lines(Comparisons.of(evil));

        assertEquals(lines.get(0).split("\\|").length, lines.get(1).split("\\|").length);
        assertEquals(15, lines.get(0).split("\\|").length - 1);
        assertTrue(lines.get(2).startsWith("| a\\|b\\<script\\> | \\`x\\` | 1 | 1 | 1.00 |"), lines.get(2));
        assertTrue(lines.get(2).endsWith("| 2 |"), lines.get(2));
    }

    @Test
    void failuresAreNotClean() {
        ModelRuns failed = new ModelRuns("async", "", 1, 2, List.of(Comparisons.run(1, 2)), null);

        assertFalse(Comparisons.of(failed).isClean());
        assertTrue(COMPARISON.isClean());
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertEquals(new SampleRange(2.5, 1, 4), SampleRange.of(List.of(4.0, 1.0, 3.0, 2.0)));
    }
}

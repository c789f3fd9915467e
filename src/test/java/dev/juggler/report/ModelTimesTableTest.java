package dev.juggler.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTimesTableTest {
    private static final List<ModelTime> TIMES = List.of(
            new ModelTime("sequential", 1, 90, 4.0, 0),
            new ModelTime("threads", 6, 90, 1.0, 0),
            new ModelTime("async", 64, 90, 0.05, 0));

    @Test
    void showsTimeSpeedUpAndThroughputOfEachModel() {
        List<String> lines = ModelTimesTable.of(TIMES).lines(TableStyle.plain(80));

        assertEquals(List.of("model", "n", "seconds", "speed-up", "tasks/s"), words(lines.get(0)));
        assertEquals(
                List.of("sequential", "1", "4.000", "1.0x", "22.5"),
                words(lines.get(1)).subList(0, 5));
        assertEquals(
                List.of("threads", "6", "1.000", "4.0x", "90.0"),
                words(lines.get(2)).subList(0, 5));
        assertEquals(
                List.of("async", "64", "0.050", "80.0x", "1,800"),
                words(lines.get(3)).subList(0, 5));
    }

    @Test
    void alignsNumbersToTheRight() {
        List<String> lines = ModelTimesTable.of(TIMES).lines(TableStyle.plain(80));
        int end = lines.get(0).indexOf("seconds") + "seconds".length();

        assertEquals("4.000", lines.get(1).substring(end - 5, end));
        assertEquals("0.050", lines.get(3).substring(end - 5, end));
    }

    @Test
    void drawsBarsInProportionUpToTheWidth() {
        List<String> lines = ModelTimesTable.of(TIMES).lines(TableStyle.plain(80));

        assertEquals(80, lines.get(1).length());
        long longest = blocks(lines.get(1));
        assertEquals(longest / 4.0, blocks(lines.get(2)), 1);
        assertTrue(lines.get(3).matches(".* [▏▎▍▌▋▊▉█]"), lines.get(3));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 40, 41, 55, 60, 80, 200})
    void fitsTheWidth(int width) {
        ModelTimesTable table = ModelTimesTable.of(TIMES)
                .with("the tutorial's own", time -> "17.6 s of waiting, and then as long again");

        for (String line : table.lines(TableStyle.plain(width))) {
            assertTrue(line.length() <= Math.max(40, width), width + ": " + line);
            assertEquals(line.stripTrailing(), line);
        }
        assertEquals(4, table.lines(TableStyle.plain(width)).size());
    }

    @Test
    void drawsAsciiBarsWithoutUnicode() {
        String text = ModelTimesTable.of(TIMES).render(new TableStyle(80, false, false));

        assertTrue(text.contains("####"));
        assertTrue(text.chars().allMatch(c -> c < 128), text);
    }

    @Test
    void usesNoEscapesWithoutColour() {
        assertFalse(ModelTimesTable.of(TIMES).render(TableStyle.plain(80)).contains("\u001b"));
    }

    @Test
    void coloursTheFastestWithoutFailuresAndThoseWithFailures() {
        List<ModelTime> times = List.of(TIMES.get(0), TIMES.get(1), new ModelTime("async", 64, 90, 0.01, 90));
        List<String> lines = ModelTimesTable.of(times).lines(new TableStyle(80, true, true));

        assertFalse(lines.get(1).contains("\u001b"));
        assertTrue(lines.get(2).startsWith("\u001b[32m") && lines.get(2).endsWith("\u001b[0m"), lines.get(2));
        assertTrue(lines.get(3).startsWith("\u001b[31m"), lines.get(3));
    }

    @Test
    void throughputCountsOnlySuccessfulTasks() {
        List<String> lines = ModelTimesTable.of(List.of(new ModelTime("threads", 4, 10, 1.0, 4)))
                .lines(TableStyle.plain(80));

        assertEquals(
                List.of("threads", "4", "1.00", "4", "1.0x", "6.0"),
                words(lines.get(1)).subList(0, 6));
    }

    @Test
    void theFirstRowIsTheBaselineWithoutASequentialModel() {
        List<String> lines = ModelTimesTable.of(TIMES.subList(1, 3)).lines(TableStyle.plain(80));

        assertEquals("1.0x", words(lines.get(1)).get(3));
        assertEquals("20.0x", words(lines.get(2)).get(3));
    }

    @Test
    void hasNoSpeedUpIfNoTimePassed() {
        List<String> lines = ModelTimesTable.of(List.of(new ModelTime("sequential", 1, 0, 0, 0)))
                .lines(TableStyle.plain(80));

        assertEquals(List.of("sequential", "1", "0.000", "-", "-"), words(lines.get(1)));
    }

    @Test
    void replacesCharactersThatControlATerminal() {
        String text = ModelTimesTable.of(TIMES)
                .with("x", time -> "\u001b[2Jevil\n\u202e")
                .render(TableStyle.plain(100));

        assertFalse(text.contains("\u001b") || text.contains("\u202e"));
        assertEquals(4, text.lines().count());
    }

    @Test
    void rejectsEmptyTablesAndImpossibleTimes() {
        assertThrows(IllegalArgumentException.class, () -> ModelTimesTable.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new ModelTime("async", 1, 3, 1, 4));
        assertThrows(IllegalArgumentException.class, () -> new ModelTime("async", 1, 3, Double.NaN, 0));
        assertThrows(IllegalArgumentException.class, () -> new ModelTime("async", 0, 3, 1, 0));
    }

    private static List<String> words(String line) {
        return List.of(line.strip().split("\\s+"));
    }

    private static long blocks(String line) {
        return line.chars().filter(c -> c == '█').count();
    }
}

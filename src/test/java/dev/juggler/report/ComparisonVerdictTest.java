package dev.juggler.report;

import static dev.juggler.report.Comparisons.model;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonVerdictTest {
    private static final ModelRuns LOOP = model("sequential", 1, 9.0, 9.1, 9.2, 9.3, 9.4);
    private static final ModelRuns THREADS = model("threads", 5, 1.80, 1.82, 1.84, 1.86, 1.88);
    private static final ModelRuns VIRTUAL = model("virtual", 5, 1.81, 1.83, 1.79, 1.87, 1.85);

    @Test
    void statesWhichDifferencesAreSignificant() {
        List<String> sentences = ComparisonVerdict.of(Comparisons.of(LOOP, THREADS, VIRTUAL));

        assertEquals("Fastest by median: virtual 5, 5.0 times as fast as sequential.", sentences.get(0));
        assertTrue(
                sentences.get(1).startsWith("No significant difference between virtual 5 and threads 5 (p = "),
                sentences.get(1));
        assertEquals("Threads 5 is 5.0 times as fast as sequential (p = 0.016).", sentences.get(2));
    }

    @Test
    void pValueIsThatOfTheExactTest() {
        // All five runs of one model are faster than all of the other: two of the 252 ways to choose five of ten.
        assertEquals(2 / 252.0, ComparisonVerdict.pValue(LOOP, THREADS), 1e-12);
    }

    @Test
    void asksForMoreRunsIfThereAreTooFew() {
        assertEquals(
                "3 runs of each are too few to tell differences from chance; use --repeat 4 or more.",
                ComparisonVerdict.of(Comparisons.of(model("async", 64, 1, 2, 3), model("threads", 5, 4, 5, 6)))
                        .getLast());
        assertEquals(
                "One run of each cannot tell a difference from chance; compare with --repeat 4 or more.",
                ComparisonVerdict.of(Comparisons.of(model("async", 64, 1), model("threads", 5, 4)))
                        .getLast());
    }

    @ParameterizedTest
    @CsvSource({"1,4", "2,5", "3,5", "4,5", "6,5", "7,6", "23,6", "24,7"})
    void moreModelsNeedMoreRuns(int pairs, int runs) {
        assertEquals(runs, ComparisonVerdict.minimumRuns(pairs));
    }

    @Test
    void theNumberOfRunsItAsksForIsTheMinimum() {
        List<String> four = ComparisonVerdict.of(
                Comparisons.of(disjoint("sequential", 4), disjoint("threads", 4), disjoint("async", 4)));
        assertEquals(
                "4 runs of each are too few to tell differences from chance; use --repeat 5 or more.", four.getLast());

        List<String> five = ComparisonVerdict.of(
                Comparisons.of(disjoint("sequential", 5), disjoint("threads", 5), disjoint("async", 5)));
        assertEquals(
                List.of(true, true),
                five.stream()
                        .skip(1)
                        .map(each -> each.contains(" times as fast as "))
                        .toList());
    }

    /** Runs of a model whose times do not overlap with those of another name's length. */
    private static ModelRuns disjoint(String name, int runs) {
        return model(
                name,
                1,
                IntStream.range(0, runs)
                        .mapToDouble(i -> name.length() + i / 100.0)
                        .toArray());
    }

    @Test
    void hasNothingToCompareIfThereIsOneModel() {
        assertEquals(
                List.of("Only sequential was measured: there is nothing to compare it with."),
                ComparisonVerdict.of(Comparisons.of(LOOP)));
    }

    @Test
    void correctsSeveralPValuesWithHolmsMethod() {
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06}, HolmCorrection.corrected(new double[] {0.01, 0.04, 0.03}), 1e-12);
        assertArrayEquals(new double[] {1, 1}, HolmCorrection.corrected(new double[] {0.9, 0.6}), 1e-12);
    }
}

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
    void saysWhatDiffersAndWhatDoesNot() {
        List<String> sentences = ComparisonVerdict.of(Comparisons.of(LOOP, THREADS, VIRTUAL));

        assertEquals("The shortest median is that of virtual 5, 5.0 times as fast as sequential.", sentences.get(0));
        assertTrue(sentences.get(1).startsWith("Virtual 5 and threads 5 do not differ here (p = "), sentences.get(1));
        assertEquals("Threads 5 is faster than sequential, 5.0 times (p = 0.016).", sentences.get(2));
    }

    @Test
    void theProbabilityIsThatOfTheExactTest() {
        // All five of one below all five of the other: two of the 252 ways to choose five of ten.
        assertEquals(2 / 252.0, ComparisonVerdict.probability(LOOP, THREADS), 1e-12);
    }

    @Test
    void fewRunsAreToldToBeTooFew() {
        assertEquals(
                "3 runs of each are too few to tell differences from chance: give --repeat 4 or more.",
                ComparisonVerdict.of(Comparisons.of(model("async", 64, 1, 2, 3), model("threads", 5, 4, 5, 6)))
                        .getLast());
        assertEquals(
                "One run of each says nothing about chance: compare with --repeat 4 or more.",
                ComparisonVerdict.of(Comparisons.of(model("async", 64, 1), model("threads", 5, 4)))
                        .getLast());
    }

    @ParameterizedTest
    @CsvSource({"1,4", "2,5", "3,5", "4,5", "6,5", "7,6", "23,6", "24,7"})
    void moreModelsNeedMoreRuns(int pairs, int runs) {
        assertEquals(runs, ComparisonVerdict.fewestRuns(pairs));
    }

    @Test
    void whereItAsksForMoreRunsThoseAreEnoughAndOneLessIsNot() {
        List<String> four =
                ComparisonVerdict.of(Comparisons.of(spread("sequential", 4), spread("threads", 4), spread("async", 4)));
        assertEquals(
                "4 runs of each are too few to tell differences from chance: give --repeat 5 or more.", four.getLast());
        List<String> five =
                ComparisonVerdict.of(Comparisons.of(spread("sequential", 5), spread("threads", 5), spread("async", 5)));
        assertEquals(
                List.of(true, true),
                five.stream()
                        .skip(1)
                        .map(each -> each.contains(" is faster than "))
                        .toList());
    }

    /** Runs of a model, none of which takes as long as one of another. */
    private static ModelRuns spread(String name, int runs) {
        return model(
                name,
                1,
                IntStream.range(0, runs)
                        .mapToDouble(i -> name.length() + i / 100.0)
                        .toArray());
    }

    @Test
    void oneModelAloneIsToldSo() {
        assertEquals(
                List.of("There is only sequential: nothing to compare it with."),
                ComparisonVerdict.of(Comparisons.of(LOOP)));
    }

    @Test
    void severalProbabilitiesAreCorrectedAsHolmDid() {
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06}, HolmCorrection.corrected(new double[] {0.01, 0.04, 0.03}), 1e-12);
        assertArrayEquals(new double[] {1, 1}, HolmCorrection.corrected(new double[] {0.9, 0.6}), 1e-12);
    }
}

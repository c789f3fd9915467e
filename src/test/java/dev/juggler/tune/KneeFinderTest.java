package dev.juggler.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search over curves of servers and processors, with and without noise. */
class KneeFinderTest {
    private static final double TASK_SECONDS = 0.05;
    private static final int REPEAT = 3;
    private static final int SEEDS = 50;
    private final List<Integer> measured = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 37, 70, 80, 100})
    void aServerThatLetsTasksWaitIsGivenAsManyAsItDoesAtATime(int places) throws Exception {
        assertNear(places, tune(256, queueing(places)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void noiseMovesTheChoiceLittle(int places) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            assertNear(places, tune(256, slowed(queueing(places), () -> 0.9 + 0.2 * random.nextDouble())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void runsThatAnotherProgramSlowsDownMoveTheChoiceLittle(int places) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            assertNear(
                    places,
                    tune(
                            256,
                            slowed(
                                    queueing(places),
                                    () -> random.nextInt(10) == 0 ? 0.6 : 0.95 + 0.1 * random.nextDouble())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void aMachineThatBecomesSlowerAndFasterMeanwhileMovesTheChoiceLittle(int places) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            double start = 2 * Math.PI * random.nextDouble();
            assertNear(
                    places,
                    tune(
                            256,
                            slowed(
                                    queueing(places),
                                    () -> (0.8 + 0.2 * Math.sin(start + measured.size() / 8.0))
                                            * (0.97 + 0.06 * random.nextDouble()))));
        }
    }

    /** Throughput is this part of what it would be, and tasks take so much longer. */
    private static IntFunction<TuningStep> slowed(IntFunction<TuningStep> curve, DoubleSupplier part) {
        return n -> {
            TuningStep step = curve.apply(n);
            double now = part.getAsDouble();
            return new TuningStep(n, step.tasksPerSecond() * now, 0, step.p50Ms() / now, step.p95Ms() / now, 0);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20, 80})
    void aServerThatRefusesIsNotGivenMoreThanItTakes(int places) throws Exception {
        TuningResult tuning = tune(256, n -> {
            double failed = n <= places ? 0 : 0.5;
            return new TuningStep(n, Math.min(n, places) / TASK_SECONDS, 0, 50, 50, failed);
        });
        assertTrue(tuning.choice() <= places && tuning.choice() >= 0.85 * places, tuning::toString);
        assertTrue(tuning.reason().contains("50 % of tasks fail"), tuning::reason);
    }

    @Test
    void failuresThatComeOneAtATimeTooAreNoBound() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, Math.min(n, 20) / TASK_SECONDS, 0, 50, 50, 0.3));
        assertNear(20, tuning);
    }

    @Test
    void whatGrowsToTheEndIsToldToBeBounded() throws Exception {
        TuningResult tuning = tune(64, n -> new TuningStep(n, n / TASK_SECONDS, 0, 50, 50, 0));
        assertTrue(tuning.choice() >= 58, tuning::toString);
        assertTrue(tuning.reason().contains("still gaining"), tuning::reason);
    }

    @Test
    void oneBadMeasurementDoesNotEndTheClimb() throws Exception {
        IntFunction<TuningStep> exact = queueing(40);
        TuningResult tuning = tune(256, n -> n == 8 ? new TuningStep(8, 80, 0, 50, 50, 0) : exact.apply(n));
        assertNear(40, tuning);
    }

    @Test
    void moreThanTheProcessorsCanDoMakesItWorse() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, 100 * Math.min(n, 2) - n, 0, 10.0 * n, 10, 0));
        assertEquals(2, tuning.choice());
    }

    @Test
    void tasksThatTakeVeryLongAreABound() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, n, 0, n <= 10 ? 10 : 1_000, 1_000, 0));
        assertTrue(tuning.choice() >= 9 && tuning.choice() <= 10, tuning::toString);
        assertTrue(tuning.reason().contains("a task takes"), tuning::reason);
    }

    @Test
    void whereNothingSucceedsThereIsNoChoice() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, 0, 0, 0, 0, 1));
        assertEquals(0, tuning.choice());
        assertEquals(Set.of(1), Set.copyOf(measured));
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "7"})
    void noMoreThanTheMostIsEverTried(int most) throws Exception {
        tune(most, queueing(100));
        assertTrue(measured.stream().allMatch(n -> n <= most), measured::toString);
        assertTrue(measured.contains(most), measured::toString);
    }

    private TuningResult tune(int most, IntFunction<TuningStep> curve) throws InterruptedException {
        measured.clear();
        return new KneeFinder(
                        most,
                        REPEAT,
                        n -> {
                            measured.add(n);
                            return curve.apply(n);
                        },
                        step -> {})
                .find();
    }

    private static IntFunction<TuningStep> queueing(int places) {
        return n -> {
            double millis = 1000 * TASK_SECONDS * Math.max(1, (double) n / places);
            return new TuningStep(n, Math.min(n, places) / TASK_SECONDS, 0, millis, millis, 0);
        };
    }

    private static void assertNear(int places, TuningResult tuning) {
        double ratio = (double) tuning.choice() / places;
        assertTrue(Math.abs(ratio - 1) <= 0.25, () -> places + " places: " + tuning);
        assertEquals(1, tuning.steps().getFirst().concurrency());
    }
}

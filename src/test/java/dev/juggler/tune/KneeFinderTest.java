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

/** Tests the search on throughput curves of servers and processors, with and without noise. */
class KneeFinderTest {
    private static final double TASK_SECONDS = 0.05;
    private static final int REPEAT = 3;
    private static final int SEEDS = 50;
    private final List<Integer> measured = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 20, 37, 70, 80, 100})
    void findsTheCapacityOfAServerThatQueuesRequests(int capacity) throws Exception {
        assertNear(capacity, tune(256, queueing(capacity)));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void toleratesNoise(int capacity) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            assertNear(capacity, tune(256, slowed(queueing(capacity), () -> 0.9 + 0.2 * random.nextDouble())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void toleratesRunsSlowedDownByOtherPrograms(int capacity) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            assertNear(
                    capacity,
                    tune(
                            256,
                            slowed(
                                    queueing(capacity),
                                    () -> random.nextInt(10) == 0 ? 0.6 : 0.95 + 0.1 * random.nextDouble())));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 20, 37, 70, 80, 100})
    void toleratesAMachineOfVaryingSpeed(int capacity) throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            double start = 2 * Math.PI * random.nextDouble();
            assertNear(
                    capacity,
                    tune(
                            256,
                            slowed(
                                    queueing(capacity),
                                    () -> (0.8 + 0.2 * Math.sin(start + measured.size() / 8.0))
                                            * (0.97 + 0.06 * random.nextDouble()))));
        }
    }

    /** Multiplies throughputs by a speed and divides durations by it. */
    private static IntFunction<TuningStep> slowed(IntFunction<TuningStep> curve, DoubleSupplier speed) {
        return n -> {
            TuningStep step = curve.apply(n);
            double now = speed.getAsDouble();
            return new TuningStep(n, step.tasksPerSecond() * now, 0, step.p50Ms() / now, step.p95Ms() / now, 0);
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20, 80})
    void staysBelowTheCapacityOfAServerThatRejectsRequests(int capacity) throws Exception {
        TuningResult tuning = tune(256, n -> {
            double failed = n <= capacity ? 0 : 0.5;
            return new TuningStep(n, Math.min(n, capacity) / TASK_SECONDS, 0, 50, 50, failed);
        });
        assertTrue(tuning.choice() <= capacity && tuning.choice() >= 0.85 * capacity, tuning::toString);
        assertTrue(tuning.reason().contains("50 % of tasks fail"), tuning::reason);
    }

    @Test
    void ignoresFailuresThatDoNotDependOnConcurrency() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, Math.min(n, 20) / TASK_SECONDS, 0, 50, 50, 0.3));
        assertNear(20, tuning);
    }

    @Test
    void saysThatThroughputStillGrowsAtTheMaximum() throws Exception {
        TuningResult tuning = tune(64, n -> new TuningStep(n, n / TASK_SECONDS, 0, 50, 50, 0));
        assertTrue(tuning.choice() >= 58, tuning::toString);
        assertTrue(tuning.reason().contains("still grows at 64"), tuning::reason);
    }

    @Test
    void oneBadMeasurementDoesNotEndTheClimb() throws Exception {
        IntFunction<TuningStep> exact = queueing(40);
        TuningResult tuning = tune(256, n -> n == 8 ? new TuningStep(8, 80, 0, 50, 50, 0) : exact.apply(n));
        assertNear(40, tuning);
    }

    @Test
    void findsTheNumberOfProcessorsIfMoreIsWorse() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, 100 * Math.min(n, 2) - n, 0, 10.0 * n, 10, 0));
        assertEquals(2, tuning.choice());
    }

    @Test
    void staysBelowTheConcurrencyWithVeryLongTasks() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, n, 0, n <= 10 ? 10 : 1_000, 1_000, 0));
        assertTrue(tuning.choice() >= 9 && tuning.choice() <= 10, tuning::toString);
        assertTrue(tuning.reason().contains("a task takes"), tuning::reason);
    }

    @Test
    void choosesNothingIfNoTaskSucceeds() throws Exception {
        TuningResult tuning = tune(256, n -> new TuningStep(n, 0, 0, 0, 0, 1));
        assertEquals(0, tuning.choice());
        assertEquals(Set.of(1), Set.copyOf(measured));
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "7"})
    void neverExceedsTheMaximum(int max) throws Exception {
        tune(max, queueing(100));

        assertTrue(measured.stream().allMatch(n -> n <= max), measured::toString);
        assertTrue(measured.contains(max), measured::toString);
    }

    private TuningResult tune(int max, IntFunction<TuningStep> curve) throws InterruptedException {
        measured.clear();
        return new KneeFinder(
                        max,
                        REPEAT,
                        n -> {
                            measured.add(n);
                            return curve.apply(n);
                        },
                        step -> {})
                .find();
    }

    private static IntFunction<TuningStep> queueing(int capacity) {
        return n -> {
            double millis = 1000 * TASK_SECONDS * Math.max(1, (double) n / capacity);
            return new TuningStep(n, Math.min(n, capacity) / TASK_SECONDS, 0, millis, millis, 0);
        };
    }

    private static void assertNear(int capacity, TuningResult tuning) {
        double ratio = (double) tuning.choice() / capacity;
        assertTrue(Math.abs(ratio - 1) <= 0.25, () -> capacity + " capacity: " + tuning);
        assertEquals(1, tuning.steps().getFirst().concurrency());
    }
}

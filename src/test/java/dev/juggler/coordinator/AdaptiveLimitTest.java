package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the limit against a simulated server, in simulated time. */
class AdaptiveLimitTest {
    private static final int MAX = 256;
    private final AdaptiveLimit limit = new AdaptiveLimit(4, MAX, 0);

    /** The duration of tasks without load, in milliseconds. */
    enum Durations {
        ALL_THE_SAME(random -> 50),
        SPREAD_EVENLY(random -> 25 + 50 * random.nextDouble()),
        EXPONENTIAL(random -> 1 - 50 * Math.log(1 - random.nextDouble())),
        LONG_TAIL(random -> 15 * Math.exp(1.5 * random.nextGaussian())),
        SHORT_AND_LONG(random -> random.nextBoolean() ? 2 : 100);

        private final ToDoubleFunction<Random> millis;

        Durations(ToDoubleFunction<Random> millis) {
            this.millis = millis;
        }
    }

    @ParameterizedTest
    @CsvSource({"5,5,9", "20,19,33", "80,76,120"})
    void keepsAQueueingServerBusyWithAShortQueue(int capacity, int min, int max) {
        SimulatedServer server = new SimulatedServer(capacity, false, Durations.ALL_THE_SAME.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean >= min && mean <= max, () -> "mean limit " + mean);
        assertTrue(server.done > 0.9 * 30 * capacity / 0.050, () -> "only " + server.done + " done");
    }

    @ParameterizedTest
    @CsvSource({"5,4,6", "20,17,22", "80,70,82"})
    void staysJustBelowTheCapacityOfARejectingServer(int capacity, int min, int max) {
        SimulatedServer server = new SimulatedServer(capacity, true, Durations.ALL_THE_SAME.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean >= min && mean <= max, () -> "mean limit " + mean);
        assertTrue(server.failed < 0.03 * server.done, () -> server.failed + " failed of " + server.done);
    }

    @ParameterizedTest
    @EnumSource
    void reachesTheMaximumOnAServerThatCanDoMore(Durations durations) {
        SimulatedServer server = new SimulatedServer(10_000, false, durations.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 0.8 * MAX, () -> "mean limit " + mean);
        assertEquals(MAX, limit.highest());
    }

    @ParameterizedTest
    @EnumSource
    void findsTheCapacityWithTasksOfUnequalDuration(Durations durations) {
        SimulatedServer server = new SimulatedServer(20, false, durations.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 15 && mean < 60, () -> "mean limit " + mean);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void ignoresFailuresThatDoNotDependOnLoad(double rate) {
        SimulatedServer server = new SimulatedServer(10_000, false, Durations.ALL_THE_SAME.millis);
        server.failureRate = rate;
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 0.8 * MAX, () -> "mean limit " + mean);
    }

    @Test
    void doesNotMistakeLongerTasksForLoad() {
        double[] millis = {10};
        SimulatedServer server = new SimulatedServer(10_000, false, random -> millis[0]);
        server.meanLimit(limit, 10);
        millis[0] = 200;
        double after = server.meanLimit(limit, 20);
        assertTrue(after > 0.8 * MAX, () -> "mean limit " + after);
    }

    @Test
    void noticesALaterDropInCapacity() {
        double[] millis = {50};
        SimulatedServer quick = new SimulatedServer(10_000, false, random -> millis[0]);
        quick.meanLimit(limit, 10);
        SimulatedServer slow = new SimulatedServer(20, true, random -> millis[0]);
        slow.now = quick.now;
        double after = slow.meanLimit(limit, 20);
        assertTrue(after > 15 && after < 22, () -> "mean limit " + after);
    }

    @Test
    void staysWithinItsBounds() {
        AdaptiveLimit narrow = new AdaptiveLimit(4, 3, 0);
        assertEquals(3, narrow.current());
        SimulatedServer dead = new SimulatedServer(0, true, Durations.ALL_THE_SAME.millis);
        dead.meanLimit(narrow, 10);
        assertEquals(1, narrow.current());
        SimulatedServer alive = new SimulatedServer(10_000, false, Durations.ALL_THE_SAME.millis);
        alive.now = dead.now;
        alive.meanLimit(narrow, 10);
        assertEquals(3, narrow.current());
        assertEquals(3, narrow.highest());
    }

    @Test
    void doesNotGrowWhileTheLimitIsNotReached() {
        for (int i = 0; i < 1000; i++) {
            limit.onReply(i * 10L, i * 10L + 5, 1, 1, 0);
        }
        assertEquals(4, limit.current());
    }
}

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

/** The limit against a simulated server, in simulated time. */
class AdaptiveLimitTest {
    private static final int MOST = 256;
    private final AdaptiveLimit limit = new AdaptiveLimit(4, MOST, 0);

    /** How long a task takes without load, in milliseconds. */
    enum Lengths {
        ALL_THE_SAME(random -> 50),
        SPREAD_EVENLY(random -> 25 + 50 * random.nextDouble()),
        EXPONENTIAL(random -> 1 - 50 * Math.log(1 - random.nextDouble())),
        LONG_TAIL(random -> 15 * Math.exp(1.5 * random.nextGaussian())),
        SHORT_AND_LONG(random -> random.nextBoolean() ? 2 : 100);

        private final ToDoubleFunction<Random> millis;

        Lengths(ToDoubleFunction<Random> millis) {
            this.millis = millis;
        }
    }

    @ParameterizedTest
    @CsvSource({"5,5,9", "20,19,33", "80,76,120"})
    void whereMoreTasksWaitItKeepsTheServerBusyWithAShortQueue(int places, int least, int most) {
        SimulatedServer server = new SimulatedServer(places, false, Lengths.ALL_THE_SAME.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean >= least && mean <= most, () -> "mean limit " + mean);
        assertTrue(server.done > 0.9 * 30 * places / 0.050, () -> "only " + server.done + " done");
    }

    @ParameterizedTest
    @CsvSource({"5,4,6", "20,17,22", "80,70,82"})
    void whereMoreTasksFailItStaysJustBelowAndFewFail(int places, int least, int most) {
        SimulatedServer server = new SimulatedServer(places, true, Lengths.ALL_THE_SAME.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean >= least && mean <= most, () -> "mean limit " + mean);
        assertTrue(server.failed < 0.03 * server.done, () -> server.failed + " failed of " + server.done);
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatCanDoMoreGetsAllThereMayBe(Lengths lengths) {
        SimulatedServer server = new SimulatedServer(10_000, false, lengths.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 0.8 * MOST, () -> "mean limit " + mean);
        assertEquals(MOST, limit.highest());
    }

    @ParameterizedTest
    @EnumSource
    void tasksOfUnequalLengthDoNotHideWhatAServerCanDo(Lengths lengths) {
        SimulatedServer server = new SimulatedServer(20, false, lengths.millis);
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 15 && mean < 60, () -> "mean limit " + mean);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05})
    void failuresThatDoNotComeOfLoadAreNoReasonToDoLess(double share) {
        SimulatedServer server = new SimulatedServer(10_000, false, Lengths.ALL_THE_SAME.millis);
        server.broken = share;
        double mean = server.meanLimit(limit, 30);
        assertTrue(mean > 0.8 * MOST, () -> "mean limit " + mean);
    }

    @Test
    void tasksThatBecomeLongerAlongTheListAreNotTakenForLoad() {
        double[] millis = {10};
        SimulatedServer server = new SimulatedServer(10_000, false, random -> millis[0]);
        server.meanLimit(limit, 10);
        millis[0] = 200;
        double after = server.meanLimit(limit, 20);
        assertTrue(after > 0.8 * MOST, () -> "mean limit " + after);
    }

    @Test
    void aServerThatComesToItsLimitLaterIsNoticed() {
        double[] millis = {50};
        SimulatedServer quick = new SimulatedServer(10_000, false, random -> millis[0]);
        quick.meanLimit(limit, 10);
        SimulatedServer slow = new SimulatedServer(20, true, random -> millis[0]);
        slow.now = quick.now;
        double after = slow.meanLimit(limit, 20);
        assertTrue(after > 15 && after < 22, () -> "mean limit " + after);
    }

    @Test
    void itNeverLeavesItsBounds() {
        AdaptiveLimit narrow = new AdaptiveLimit(4, 3, 0);
        assertEquals(3, narrow.current());
        SimulatedServer dead = new SimulatedServer(0, true, Lengths.ALL_THE_SAME.millis);
        dead.meanLimit(narrow, 10);
        assertEquals(1, narrow.current());
        SimulatedServer alive = new SimulatedServer(10_000, false, Lengths.ALL_THE_SAME.millis);
        alive.now = dead.now;
        alive.meanLimit(narrow, 10);
        assertEquals(3, narrow.current());
        assertEquals(3, narrow.highest());
    }

    @Test
    void itDoesNotGrowWhileLessIsInFlightThanMightBe() {
        for (int i = 0; i < 1000; i++) {
            limit.ended(i * 10L, i * 10L + 5, 1, 1, 0);
        }
        assertEquals(4, limit.current());
    }
}

package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.TaskError;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StallDetectorTest {
    private static final long SECOND = 1_000_000_000;

    /** Times are any number of nanoseconds, as of System.nanoTime: here they pass zero. */
    private static final long BEGIN = -5 * SECOND;

    private static StallDetector idle(int seconds) {
        return detector(Optional.of(Duration.ofSeconds(seconds)), 0);
    }

    private static StallDetector minRate(long bytesPerSecond) {
        return detector(Optional.empty(), bytesPerSecond);
    }

    private static StallDetector detector(Optional<Duration> idle, long minRate) {
        return new StallDetector(new TransferRates(idle, minRate, 0), Duration.ofSeconds(10), BEGIN);
    }

    private static void assertStalled(String type, TaskError error) {
        assertNotNull(error, "no stall");
        assertEquals(type, error.type());
        assertTrue(error.retryable());
    }

    @Test
    void aServerMayBeSilentForTheIdleTimeAndNoLonger() {
        StallDetector detector = idle(2);
        assertNull(detector.check(0, false, BEGIN + 2 * SECOND));
        assertStalled("idle", detector.check(0, false, BEGIN + 2 * SECOND + 1));
    }

    @Test
    void eachByteBeginsTheIdleTimeAnew() {
        StallDetector detector = idle(2);
        for (int second = 1; second < 100; second++) {
            assertNull(detector.check(second, false, BEGIN + second * SECOND));
        }
        assertStalled("idle", detector.check(99, false, BEGIN + 102 * SECOND));
    }

    @Test
    void timeInWhichTheBodyIsHeldUpHereDoesNotCount() {
        StallDetector detector = idle(2);
        assertNull(detector.check(5, true, BEGIN + 100 * SECOND));
        assertNull(detector.check(5, false, BEGIN + 102 * SECOND));
        assertStalled("idle", detector.check(5, false, BEGIN + 103 * SECOND));
    }

    @Test
    void aBodyThatIsTooSlowIsStalledAtTheEndOfTheWindow() {
        StallDetector detector = minRate(100);
        assertNull(detector.check(1, false, BEGIN + 9 * SECOND));
        assertStalled("too-slow", detector.check(999, false, BEGIN + 10 * SECOND));
    }

    @Test
    void eachWindowIsMeasuredByItself() {
        StallDetector detector = minRate(100);
        assertNull(detector.check(1_000_000, false, BEGIN + 10 * SECOND));
        assertNull(detector.check(1_000_500, false, BEGIN + 19 * SECOND));
        assertStalled("too-slow", detector.check(1_000_999, false, BEGIN + 20 * SECOND));
    }

    @Test
    void aBodyJustFastEnoughGoesOn() {
        StallDetector detector = minRate(100);
        for (int window = 1; window < 20; window++) {
            assertNull(detector.check(1_000 * window, false, BEGIN + 10 * window * SECOND));
        }
    }

    @Test
    void theRateIsMeasuredAnewAfterTheBodyWasHeldUp() {
        StallDetector detector = minRate(100);
        assertNull(detector.check(10, true, BEGIN + 9 * SECOND));
        assertNull(detector.check(10, false, BEGIN + 18 * SECOND));
        assertStalled("too-slow", detector.check(10, false, BEGIN + 19 * SECOND));
    }

    @Test
    void withoutLimitsNothingIsStalled() {
        assertNull(detector(Optional.empty(), 0).check(0, false, BEGIN + 1_000_000 * SECOND));
    }
}

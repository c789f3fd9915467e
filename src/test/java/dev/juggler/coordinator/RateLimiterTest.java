package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Rate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = Long.MAX_VALUE - SECOND;

    @Test
    void withoutARateEverythingMayStart() {
        RateLimiter pace = new RateLimiter(Optional.empty(), START);
        assertEquals(4096, pace.allow(4096, START));
        pace.started(4096);
        assertEquals(4096, pace.allow(4096, START));
        assertEquals(0, pace.waitNanos());
    }

    @Test
    void startsAreSpreadOverTheTimeWhereverTheClockStands() {
        RateLimiter pace = paced("10/s");
        assertEquals(1, pace.allow(5, START));
        pace.started(1);
        assertEquals(0, pace.allow(5, START));
        assertEquals(SECOND / 10, pace.waitNanos(), 10);
        assertEquals(0, pace.allow(5, START + SECOND / 20));
        assertEquals(1, pace.allow(5, START + SECOND / 10 + 10));
        assertEquals(0, pace.waitNanos());
    }

    @Test
    void aPauseSavesUpNoMoreThanATenthOfASecond() {
        RateLimiter pace = paced("1000/s");
        assertEquals(100, pace.allow(4096, START + 3600 * SECOND));
        RateLimiter slow = paced("1/m");
        assertEquals(1, slow.allow(4096, START + 3600 * SECOND));
    }

    @Test
    void overAnyTimeNoMoreStartThanTheRateAndOneBurst() {
        RateLimiter pace = paced("250/s");
        long started = 0;
        for (long now = START; now - START < 10 * SECOND; now += 700_001) {
            int allowed = pace.allow(3, now);
            pace.started(allowed);
            started += allowed;
        }
        assertTrue(started <= 2_500 + 25 && started > 2_480, started + " started");
    }

    private static RateLimiter paced(String rate) {
        return new RateLimiter(Optional.of(Rate.parse(rate)), START);
    }
}

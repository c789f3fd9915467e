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
    void withoutARateAllTasksMayStart() {
        RateLimiter limiter = new RateLimiter(Optional.empty(), START);
        assertEquals(4096, limiter.allow(4096, START));
        limiter.started(4096);
        assertEquals(4096, limiter.allow(4096, START));
        assertEquals(0, limiter.waitNanos());
    }

    @Test
    void spreadsStartsEvenWhenTheClockWraps() {
        RateLimiter limiter = limiter("10/s");
        assertEquals(1, limiter.allow(5, START));
        limiter.started(1);
        assertEquals(0, limiter.allow(5, START));
        assertEquals(SECOND / 10, limiter.waitNanos(), 10);
        assertEquals(0, limiter.allow(5, START + SECOND / 20));
        assertEquals(1, limiter.allow(5, START + SECOND / 10 + 10));
        assertEquals(0, limiter.waitNanos());
    }

    @Test
    void idleTimeAccumulatesATenthOfASecond() {
        RateLimiter limiter = limiter("1000/s");
        assertEquals(100, limiter.allow(4096, START + 3600 * SECOND));
        RateLimiter slow = limiter("1/m");
        assertEquals(1, slow.allow(4096, START + 3600 * SECOND));
    }

    @Test
    void startsAtMostTheRateAndOneBurstInAnyTime() {
        RateLimiter limiter = limiter("250/s");
        long started = 0;
        for (long now = START; now - START < 10 * SECOND; now += 700_001) {
            int allowed = limiter.allow(3, now);
            limiter.started(allowed);
            started += allowed;
        }
        assertTrue(started <= 2_500 + 25 && started > 2_480, started + " started");
    }

    private static RateLimiter limiter(String rate) {
        return new RateLimiter(Optional.of(Rate.parse(rate)), START);
    }
}

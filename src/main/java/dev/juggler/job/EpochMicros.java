package dev.juggler.job;

import java.time.Instant;

/** The wall clock in microseconds, as rows and messages carry it. */
public final class EpochMicros {
    private EpochMicros() {}

    /** Microseconds since 1970 UTC. */
    public static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}

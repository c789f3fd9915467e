package dev.juggler.job;

import java.time.Instant;

/** The wall clock in microseconds, the unit of rows and messages. */
public final class EpochMicros {
    private EpochMicros() {}

    /** The current time in microseconds since 1970 UTC. */
    public static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }
}

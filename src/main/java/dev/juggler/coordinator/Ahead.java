package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.job.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * How many batches are sent ahead to a worker in another JVM, beyond those it works on: while the network carries a reply
 * and the next batch, the worker should have something to do. Tasks that take long are not sent ahead, since they would
 * wait there while another worker is free.
 */
final class Ahead {
    /** What is sent ahead should last this long: several times a way over the loopback interface. */
    private static final long COVER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** From batches this long on, the wait between two is not worth anything. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int MOST = 64;

    private Ahead() {}

    /** For a worker that has just replied this. */
    static int of(BatchOutcome reply) {
        if (reply.outcomes().isEmpty()) {
            return 0;
        }
        long nanos = 1;
        for (Outcome outcome : reply.outcomes()) {
            nanos += outcome.runNanos();
        }
        return nanos > LONG_NANOS ? 0 : Math.clamp(COVER_NANOS / nanos, 1, MOST);
    }
}

package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.Chunking;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * How many batches are sent ahead to a worker, beyond those it works on: while a reply and the next batch are on their way,
 * it should have something to do. Batches that take long are not sent ahead, since they would wait there while another
 * worker is free.
 */
final class Prefetch {
    /** What is sent ahead to another JVM should last this long: several times a way over the loopback interface. */
    private static final long COVER_AFAR_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The same for a worker of this JVM: several times what it takes to wake a thread. */
    private static final long COVER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** From batches this long on, the wait between two is not worth anything. */
    private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int MOST = 64;

    private final boolean here;

    /**
     * For this job. In this JVM chunks that are made as long as is good need none ahead; nor is anything begun that an
     * adaptive limit, or the first failures, should have a say in.
     */
    Prefetch(Job job) {
        this.here = job.chunking() instanceof Chunking.Fixed
                && !job.adaptive()
                && job.limits().halt() instanceof HaltPolicy.Never;
    }

    /** For a worker that has just replied this. */
    int of(WorkerReady worker, BatchOutcome reply) {
        if (reply.outcomes().isEmpty() || !(here || worker.remote())) {
            return 0;
        }
        long nanos = 1;
        for (Outcome outcome : reply.outcomes()) {
            nanos += outcome.runNanos();
        }
        return worker.remote() ? afar(nanos) : (int) Math.min(COVER_NANOS / nanos, MOST);
    }

    private static int afar(long nanos) {
        return nanos > LONG_NANOS ? 0 : Math.clamp(COVER_AFAR_NANOS / nanos, 1, MOST);
    }
}

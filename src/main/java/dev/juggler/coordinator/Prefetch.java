package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.Chunking;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.util.concurrent.TimeUnit;

/**
 * Chooses the number of batches that a worker gets beyond its running ones, so that it is busy while a reply and the
 * next batch are in transit. Long batches are not prefetched: they would wait while another worker is free.
 */
final class Prefetch {
    /** The work to prefetch for another JVM: several times the latency of the loopback interface. */
    private static final long REMOTE_COVER_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** The work to prefetch for a worker of this JVM: several times the time to wake a thread. */
    private static final long LOCAL_COVER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** Between batches of this length or more, the wait does not matter. */
    private static final long LONG_BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int MAX = 64;

    private final boolean local;

    /**
     * Creates the policy of a job. It prefetches for workers of this JVM only if chunks have a fixed size, since
     * automatic ones are long enough, and not if an adaptive limit or a halt after failures must first decide whether a
     * batch starts.
     */
    Prefetch(Job job) {
        this.local = job.chunking() instanceof Chunking.Fixed
                && !job.adaptive()
                && job.limits().halt() instanceof HaltPolicy.Never;
    }

    /** The number of batches to prefetch for a worker after this reply. */
    int after(WorkerReady worker, BatchOutcome reply) {
        if (reply.outcomes().isEmpty() || !(local || worker.remote())) {
            return 0;
        }
        long nanos = 1;
        for (Outcome outcome : reply.outcomes()) {
            nanos += outcome.runNanos();
        }
        return worker.remote() ? remote(nanos) : (int) Math.min(LOCAL_COVER_NANOS / nanos, MAX);
    }

    private static int remote(long nanos) {
        return nanos > LONG_BATCH_NANOS ? 0 : Math.clamp(REMOTE_COVER_NANOS / nanos, 1, MAX);
    }
}

package dev.juggler.coordinator;

import dev.juggler.job.Chunking;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Chooses the number of tasks in a batch by the durations of earlier tasks. */
final class Chunker {
    static final int MAX_SIZE = 4096;
    private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    /** The largest growth in one step, so that one quick task does not lead to a large chunk of slow ones. */
    private static final int MAX_GROWTH = 8;
    /** A worker returns the rest of a chunk that takes this many times the target. */
    private static final int BUDGET_FACTOR = 10;

    private final Chunking chunking;
    private double nanosPerTask = TARGET_NANOS;
    private int size = 1;

    Chunker(Chunking chunking) {
        this.chunking = chunking;
    }

    /**
     * The size of the next chunk.
     *
     * @param left the number of tasks not dispatched yet, if known: the last chunks are small, so that all workers end
     *     together (guided self-scheduling, Polychronopoulos and Kuck, 1987)
     * @param slots the number of chunks that run at a time
     */
    int next(OptionalLong left, int slots) {
        if (chunking instanceof Chunking.Fixed fixed) {
            return fixed.size();
        }
        if (left.isEmpty()) {
            return size;
        }
        long fair = left.getAsLong() / (2L * Math.max(1, slots));
        return Math.clamp(fair, 1, size);
    }

    /** The time after which a worker returns the tasks not started; 0 for none. */
    long budgetNanos() {
        return chunking instanceof Chunking.Auto ? BUDGET_FACTOR * TARGET_NANOS : 0;
    }

    /** Adapts the size to the durations of these tasks: at once to longer ones, gradually to shorter ones. */
    void learn(List<Outcome> outcomes) {
        if (outcomes.isEmpty() || chunking instanceof Chunking.Fixed) {
            return;
        }
        long nanos = 0;
        for (Outcome outcome : outcomes) {
            nanos += outcome.runNanos();
        }
        double mean = Math.max(1, (double) nanos / outcomes.size());
        nanosPerTask = mean > nanosPerTask ? mean : (nanosPerTask + mean) / 2;
        size = (int) Math.clamp((long) (TARGET_NANOS / nanosPerTask), 1, Math.min(MAX_SIZE, (long) size * MAX_GROWTH));
    }
}

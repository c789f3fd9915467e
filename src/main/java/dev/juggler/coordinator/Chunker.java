package dev.juggler.coordinator;

import dev.juggler.job.Chunking;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Decides how many tasks travel together, by what the tasks so far have cost. */
final class Chunker {
    private static final long TARGET_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    static final int LARGEST = 4096;
    /** A chunk grows by this much at a time, so that one quick task does not make a large chunk of slow ones. */
    private static final int GROWTH = 8;
    /** A worker hands back the rest of a chunk that takes this many times as long as was aimed at. */
    private static final int PATIENCE = 10;

    private final Chunking chunking;
    private double nanosPerTask = TARGET_NANOS;
    private int size = 1;

    Chunker(Chunking chunking) {
        this.chunking = chunking;
    }

    /**
     * The size of the next chunk.
     *
     * @param left tasks not dispatched yet, where that is known: the last chunks are made small, so that all workers
     *     end together (guided self-scheduling, Polychronopoulos and Kuck, 1987)
     * @param slots how many chunks are worked on at a time
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

    /** After this time a worker hands back what it has not begun; 0 for never. */
    long budgetNanos() {
        return chunking instanceof Chunking.Auto ? PATIENCE * TARGET_NANOS : 0;
    }

    void learn(List<Outcome> outcomes) {
        if (outcomes.isEmpty() || chunking instanceof Chunking.Fixed) {
            return;
        }
        long nanos = 0;
        for (Outcome outcome : outcomes) {
            nanos += outcome.runNanos();
        }
        double seen = Math.max(1, (double) nanos / outcomes.size());
        nanosPerTask = seen > nanosPerTask ? seen : (nanosPerTask + seen) / 2;
        size = (int) Math.clamp((long) (TARGET_NANOS / nanosPerTask), 1, Math.min(LARGEST, (long) size * GROWTH));
    }
}

package dev.juggler.coordinator;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Outcomes on their way to the sink, one write at a time: what comes during a write goes with the next, so writes grow
 * as the load does. When the sink falls behind, {@link #hasRoom} holds the dispatch of tasks.
 */
final class OutcomeQueue {
    /** Outcomes that may wait for a write. */
    private static final int MOST_WAITING = 16_384;
    /** So many are not kept waiting for more. */
    private static final int WORTH_A_WRITE = 256;

    private final boolean keepOrder;
    private final boolean small;
    private final OutcomeSink sink;
    private final Consumer<Throwable> onWritten;
    private final OutcomeSequencer sequencer = new OutcomeSequencer();
    private List<Outcome> arrived = new ArrayList<>();
    private boolean writing;
    private boolean broken;

    /** An empty one; {@code onWritten} hears of every write that ended, with null when it went well. */
    OutcomeQueue(Job job, OutcomeSink sink, Consumer<Throwable> onWritten) {
        this.keepOrder = job.keepOrder();
        this.small = job.work().kind().hasShortOutcomes();
        this.sink = sink;
        this.onWritten = onWritten;
    }

    /** Notes tasks that are dispatched for the first time. */
    void expect(List<Task> tasks) {
        if (keepOrder) {
            sequencer.expect(tasks);
        }
    }

    /** Takes an outcome; {@code last} when its task is not tried again. */
    void add(Outcome outcome, boolean last) {
        arrived.add(outcome);
        if (keepOrder) {
            sequencer.accept(outcome, last);
        }
    }

    /** Notes that a task will have no more outcomes. */
    void settle(Task task) {
        if (keepOrder) {
            sequencer.finish(task.index());
        }
    }

    /** Whether so many wait that there is no use in gathering more before they are written. */
    boolean isWorthAWrite() {
        return arrived.size() >= WORTH_A_WRITE;
    }

    /** Whether the sink keeps up, so that tasks may be dispatched. */
    boolean hasRoom() {
        return arrived.size() < MOST_WAITING;
    }

    /**
     * Whether ordered results let tasks be dispatched for the first time. Those that were dispatched before must go in
     * any case: all that is held may be waiting for one of them.
     */
    boolean mayRunAhead(int slots) {
        return !keepOrder || sequencer.held() < mostHeld(slots);
    }

    /** How far the dispatch may run ahead of the first task that is not done: less for work with large results. */
    private int mostHeld(int slots) {
        return small ? Chunker.LARGEST * (2 + 2 * Math.min(slots, 8)) : Math.max(256, 16 * slots);
    }

    /** Whether all that came has been written. */
    boolean isEmpty() {
        return !writing && nothingToWrite();
    }

    private boolean nothingToWrite() {
        return arrived.isEmpty() && !(keepOrder && sequencer.isReady());
    }

    /** Writes what is there, unless a write is under way. After a failed write all is dropped. */
    void flush() {
        if (writing || nothingToWrite()) {
            return;
        }
        List<Outcome> batch = arrived;
        arrived = new ArrayList<>();
        List<Outcome> released = keepOrder ? sequencer.release() : batch;
        if (broken) {
            return;
        }
        writing = true;
        sink.write(batch, released).onComplete(written -> {
            writing = false;
            broken = written.failed();
            onWritten.accept(written.cause());
            flush();
        });
    }
}

package dev.juggler.coordinator;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes on their way to the sink, one write at a time. Outcomes that arrive during a write join the next, so
 * writes grow with the load. When the sink falls behind, {@link #hasRoom} stops the dispatch of tasks.
 *
 * <p>Confined to the coordinator's event loop.
 */
final class OutcomeQueue {
    /** The number of outcomes waiting for a write at which dispatch stops. */
    private static final int MAX_WAITING = 16_384;
    /** The number of outcomes that are written without waiting for more. */
    private static final int FULL_WRITE = 256;

    private final boolean keepOrder;
    private final boolean smallResults;
    private final OutcomeSink sink;
    private final Consumer<@Nullable Throwable> onWritten;
    private final OutcomeSequencer sequencer = new OutcomeSequencer();
    private List<Outcome> arrived = new ArrayList<>();
    private boolean writing;
    private boolean broken;

    /**
     * Creates an empty queue.
     *
     * @param onWritten called after every write, with null if it succeeded
     */
    OutcomeQueue(Job job, OutcomeSink sink, Consumer<@Nullable Throwable> onWritten) {
        this.keepOrder = job.keepOrder();
        this.smallResults = job.work().kind().hasShortOutcomes();
        this.sink = sink;
        this.onWritten = onWritten;
    }

    /** Adds tasks that leave their page, in the order of the inputs. */
    void expect(List<Task> tasks) {
        if (keepOrder) {
            sequencer.expect(tasks);
        }
    }

    /** Adds an outcome; {@code last} when its task is not retried. */
    void add(Outcome outcome, boolean last) {
        arrived.add(outcome);
        if (keepOrder) {
            sequencer.accept(outcome, last);
        }
    }

    /** Records that a task will have no more outcomes. */
    void settle(Task task) {
        if (keepOrder) {
            sequencer.finish(task.index());
        }
    }

    /** Returns whether enough outcomes wait for a write. */
    boolean isWorthWriting() {
        return arrived.size() >= FULL_WRITE;
    }

    /** Returns whether the sink keeps up, so that tasks may be dispatched. */
    boolean hasRoom() {
        return arrived.size() < MAX_WAITING;
    }

    /**
     * Returns whether ordered results permit the dispatch of fresh tasks. Tasks that were dispatched before are always
     * permitted, since all held outcomes may be waiting for one of them.
     */
    boolean mayRunAhead(int slots) {
        return !keepOrder || sequencer.held() < maxHeld(slots);
    }

    /**
     * The number of tasks by which dispatch may run ahead of the first that is not done: fewer if results are large.
     */
    private int maxHeld(int slots) {
        return smallResults ? Chunker.MAX_SIZE * (2 + 2 * Math.min(slots, 8)) : Math.max(256, 16 * slots);
    }

    /** Returns whether every outcome that arrived has been written. */
    boolean isEmpty() {
        return !writing && !hasUnwritten();
    }

    private boolean hasUnwritten() {
        return !arrived.isEmpty() || (keepOrder && sequencer.isReady());
    }

    /**
     * Writes the outcomes that have arrived, unless a write is under way. After a failed write, outcomes are dropped.
     */
    void flush() {
        if (writing || !hasUnwritten()) {
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

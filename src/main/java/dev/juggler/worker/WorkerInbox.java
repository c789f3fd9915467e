package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.TaskBatch;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A queue of one worker's batches, with the replies not sent yet. Batches arrive on an event loop. The worker polls
 * them one after another, so many short batches need only one wake-up, and their replies are sent together. A batch
 * queued behind a long one is returned to the coordinator.
 */
final class WorkerInbox {
    /** A batch queued behind another for longer than this is returned. */
    static final long MAX_QUEUED_MILLIS = 50;

    /** The longest time since the last flush after which a finished batch still leaves its reply to the next flush. */
    private static final long MAX_REPLY_DELAY_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** The number of pending replies that are sent without waiting for more. */
    private static final int MAX_PENDING_REPLIES = 64;

    /** The number of batches that a worker starts before it yields its context. */
    private static final int MAX_BATCHES_PER_TURN = 256;

    private final Vertx vertx;
    private final Context worker;
    private final TaskRunner runner;
    private final int credit;
    private final Consumer<BatchReplies> sender;

    // Guarded by this.
    private final Deque<QueuedBatch> queue = new ArrayDeque<>();
    private final Set<Long> unanswered = new LinkedHashSet<>();
    private List<BatchReply> pendingReplies = new ArrayList<>();
    private long flushedNanos;
    private int running;
    /** True while {@link #runQueued} is scheduled or running on the worker's context. */
    private boolean awake;

    /** True while {@link #runQueued} is running. */
    private boolean dispatching;

    /** True while a timer for {@link #checkQueue} is set. */
    private boolean checkScheduled;

    private record QueuedBatch(TaskBatch batch, long enqueuedNanos) {}

    /**
     * Creates an empty inbox.
     *
     * @param worker the worker's context, on which {@code runner} is called
     * @param credit the number of batches the worker runs at a time
     * @param sender sends replies to the coordinator; called on any thread
     */
    WorkerInbox(Vertx vertx, Context worker, TaskRunner runner, int credit, Consumer<BatchReplies> sender) {
        this.vertx = vertx;
        this.worker = worker;
        this.runner = runner;
        this.credit = credit;
        this.sender = sender;
    }

    /** Queues batches and wakes the worker if needed. Called on an event loop. */
    void put(List<TaskBatch> batches) {
        boolean wake;
        boolean check;
        long now = System.nanoTime();
        synchronized (this) {
            for (TaskBatch batch : batches) {
                unanswered.add(batch.flight());
                queue.add(new QueuedBatch(batch, now));
            }
            wake = claimWakeUp();
            check = !checkScheduled && running + queue.size() > 1;
            checkScheduled |= check;
        }
        if (wake) {
            worker.runOnContext(ignored -> runQueued());
        }
        if (check) {
            scheduleCheck();
        }
    }

    /** Returns true if the caller has to wake the worker, which then counts as awake. Called with the lock held. */
    private boolean claimWakeUp() {
        boolean wakes = !awake && running < credit && !queue.isEmpty();
        awake |= wakes;
        return wakes;
    }

    /** Runs queued batches on the worker's context. */
    private void runQueued() {
        for (int i = 0; i < MAX_BATCHES_PER_TURN; i++) {
            TaskBatch batch = next();
            if (batch == null) {
                return;
            }
            runner.run(batch, outcome -> complete(batch.flight(), outcome));
        }
        worker.runOnContext(ignored -> runQueued());
    }

    private @Nullable TaskBatch next() {
        List<BatchReply> due;
        synchronized (this) {
            dispatching = true;
            if (running < credit && !queue.isEmpty()) {
                running++;
                return queue.remove().batch;
            }
            awake = false;
            dispatching = false;
            due = takePendingReplies();
        }
        flush(due);
        return null;
    }

    private void complete(long batchId, BatchOutcome outcome) {
        List<BatchReply> due;
        boolean wake;
        synchronized (this) {
            running--;
            addReply(batchId, outcome);
            // Even with an empty queue: replies of batches that end in the same turn of an event loop are sent
            // together.
            wake = outcome.workerLost() ? claimWakeUp() : !awake;
            awake |= wake;
            due = outcome.workerLost() || pendingReplies.size() >= MAX_PENDING_REPLIES || isFlushOverdue()
                    ? takePendingReplies()
                    : List.of();
        }
        flush(due);
        if (wake) {
            worker.runOnContext(ignored -> runQueued());
        }
    }

    /** Returns true if replies have waited too long, because the batch that just ended was not short. */
    private boolean isFlushOverdue() {
        return dispatching && System.nanoTime() - flushedNanos >= MAX_REPLY_DELAY_NANOS;
    }

    private void addReply(long batchId, BatchOutcome outcome) {
        unanswered.remove(batchId);
        pendingReplies.add(new BatchReply(batchId, outcome));
    }

    private List<BatchReply> takePendingReplies() {
        if (pendingReplies.isEmpty()) {
            return List.of();
        }
        List<BatchReply> taken = pendingReplies;
        pendingReplies = new ArrayList<>();
        flushedNanos = System.nanoTime();
        return taken;
    }

    private void flush(List<BatchReply> due) {
        if (!due.isEmpty()) {
            sender.accept(new BatchReplies(due));
        }
    }

    /** Repeats while batches are queued, since the running batch may be a long one. */
    private void scheduleCheck() {
        vertx.setTimer(MAX_QUEUED_MILLIS, timer -> checkQueue());
    }

    private void checkQueue() {
        List<BatchReply> due;
        boolean again;
        synchronized (this) {
            QueuedBatch first = queue.peek();
            long maxQueuedNanos = TimeUnit.MILLISECONDS.toNanos(MAX_QUEUED_MILLIS);
            if (first != null && System.nanoTime() - first.enqueuedNanos > maxQueuedNanos) {
                returnQueued();
            }
            due = takePendingReplies();
            again = !queue.isEmpty();
            checkScheduled = again;
        }
        flush(due);
        if (again) {
            scheduleCheck();
        }
    }

    private void returnQueued() {
        for (QueuedBatch each : queue) {
            addReply(each.batch.flight(), new BatchOutcome(List.of(), each.batch.tasks(), false));
        }
        queue.clear();
    }

    /** Returns the queued batches and sends all pending replies. Called from any thread. */
    void handBack() {
        List<BatchReply> due;
        synchronized (this) {
            returnQueued();
            due = takePendingReplies();
        }
        flush(due);
    }

    /** Returns the ids of the batches received and not answered. */
    synchronized List<Long> held() {
        return List.copyOf(unanswered);
    }
}

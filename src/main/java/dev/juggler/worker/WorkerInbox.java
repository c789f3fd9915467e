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

/**
 * The batches of one worker: those that wait, those it works on, and what came of the others until it is said. They come
 * on an event loop; the worker takes them itself, one after another, so that nobody has to wake it for each of many short
 * ones, and what came of short ones is said together. A batch that waits behind one that takes long goes back.
 */
final class WorkerInbox {
    /** A batch that has waited this long behind another goes back. */
    static final long PATIENCE_MILLIS = 50;

    /** What came of batches is said together when they took no longer than this since something was said. */
    private static final long TOGETHER_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** So many answers are not kept waiting for more. */
    private static final int WORTH_SAYING = 64;

    /** A worker lets other things happen on its context after so many batches. */
    private static final int MOST_IN_TURN = 256;

    private final Vertx vertx;
    private final Context worker;
    private final TaskRunner runner;
    private final int credit;
    private final Consumer<BatchReplies> say;

    // Guarded by this.
    private final Deque<WaitingBatch> waiting = new ArrayDeque<>();
    private final Set<Long> held = new LinkedHashSet<>();
    private List<BatchReply> answers = new ArrayList<>();
    private long saidNanos;
    private int running;
    /** Whether the worker comes by, or is there, to do what waits and to say what has ended. */
    private boolean awake;

    /** Whether it is at that. */
    private boolean serving;

    private boolean looking;

    private record WaitingBatch(TaskBatch batch, long sinceNanos) {}

    /**
     * An empty one.
     *
     * @param worker the worker's context, on which {@code runner} is called
     * @param credit how many batches it works on at a time
     * @param say passes answers on to the coordinator; called on any thread
     */
    WorkerInbox(Vertx vertx, Context worker, TaskRunner runner, int credit, Consumer<BatchReplies> say) {
        this.vertx = vertx;
        this.worker = worker;
        this.runner = runner;
        this.credit = credit;
        this.say = say;
    }

    /** Takes batches. Called on an event loop. */
    void put(List<TaskBatch> batches) {
        boolean wake;
        boolean look;
        long now = System.nanoTime();
        synchronized (this) {
            for (TaskBatch batch : batches) {
                held.add(batch.flight());
                waiting.add(new WaitingBatch(batch, now));
            }
            wake = wakes();
            look = !looking && running + waiting.size() > 1;
            looking |= look;
        }
        if (wake) {
            worker.runOnContext(ignored -> serve());
        }
        if (look) {
            lookLater();
        }
    }

    /** Whether the worker has to be told that there is something for it, which is then taken for done. */
    private boolean wakes() {
        boolean wakes = !awake && running < credit && !waiting.isEmpty();
        awake |= wakes;
        return wakes;
    }

    /** Does what waits, on the worker's context. */
    private void serve() {
        for (int i = 0; i < MOST_IN_TURN; i++) {
            TaskBatch batch = next();
            if (batch == null) {
                return;
            }
            runner.run(batch, outcome -> ended(batch.flight(), outcome));
        }
        worker.runOnContext(ignored -> serve());
    }

    private TaskBatch next() {
        List<BatchReply> ripe;
        synchronized (this) {
            serving = true;
            if (running < credit && !waiting.isEmpty()) {
                running++;
                return waiting.remove().batch;
            }
            awake = false;
            serving = false;
            ripe = takeAnswers();
        }
        pass(ripe);
        return null;
    }

    private void ended(long flight, BatchOutcome outcome) {
        List<BatchReply> ripe;
        boolean wake;
        synchronized (this) {
            running--;
            answer(flight, outcome);
            // Even when nothing waits: what else ends in this turn of an event loop is said with it.
            wake = outcome.workerLost() ? wakes() : !awake;
            awake |= wake;
            ripe = outcome.workerLost() || answers.size() >= WORTH_SAYING || isLate() ? takeAnswers() : List.of();
        }
        pass(ripe);
        if (wake) {
            worker.runOnContext(ignored -> serve());
        }
    }

    /** Whether what came of batches has waited for the batch that now ended, which may be one of many that are not short. */
    private boolean isLate() {
        return serving && System.nanoTime() - saidNanos >= TOGETHER_NANOS;
    }

    private void answer(long flight, BatchOutcome outcome) {
        held.remove(flight);
        answers.add(new BatchReply(flight, outcome));
    }

    private List<BatchReply> takeAnswers() {
        if (answers.isEmpty()) {
            return List.of();
        }
        List<BatchReply> taken = answers;
        answers = new ArrayList<>();
        saidNanos = System.nanoTime();
        return taken;
    }

    private void pass(List<BatchReply> ripe) {
        if (!ripe.isEmpty()) {
            say.accept(new BatchReplies(ripe));
        }
    }

    /** For as long as anything waits: it may be behind a batch that takes long. */
    private void lookLater() {
        vertx.setTimer(PATIENCE_MILLIS, timer -> look());
    }

    private void look() {
        List<BatchReply> ripe;
        boolean again;
        synchronized (this) {
            WaitingBatch first = waiting.peek();
            long patience = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            if (first != null && System.nanoTime() - first.sinceNanos > patience) {
                giveBackWaiting();
            }
            ripe = takeAnswers();
            again = !waiting.isEmpty();
            looking = again;
        }
        pass(ripe);
        if (again) {
            lookLater();
        }
    }

    private void giveBackWaiting() {
        for (WaitingBatch one : waiting) {
            answer(one.batch.flight(), new BatchOutcome(List.of(), one.batch.tasks(), false));
        }
        waiting.clear();
    }

    /** Hands back what waits. */
    void handBack() {
        List<BatchReply> ripe;
        synchronized (this) {
            giveBackWaiting();
            ripe = takeAnswers();
        }
        pass(ripe);
    }

    /** The batches that it has got and not answered. */
    synchronized List<Long> held() {
        return List.copyOf(held);
    }
}

package dev.juggler.worker;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.WorkerAlive;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.WireException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The batches of one worker whose coordinator is in another JVM. A few may wait here, so that the worker need not wait for
 * the network between two short ones; when the one before them takes long, they go back and are done elsewhere.
 *
 * <p>Confined to the event loop of its {@link IntakeVerticle}.
 */
final class Intake {
    /** A batch that has waited this long behind another goes back. */
    private static final long PATIENCE_MILLIS = 50;

    /** The number of the reply to bytes that are no batch. */
    private static final int BAD_MESSAGE = 400;

    private final Vertx vertx;
    private final Context home;
    private final String coordinator;
    private final JobWorkerVerticle worker;
    private final WorkerReady ready;
    private final Runnable onLost;
    private final Map<Long, Held> held = new LinkedHashMap<>();
    private final Deque<Held> waiting = new ArrayDeque<>();
    private MessageConsumer<TaskBatch> consumer;
    private int running;
    private boolean looking;
    private boolean closed;

    private record Held(Message<TaskBatch> message, TaskBatch batch, long sinceNanos) {}

    Intake(
            Vertx vertx,
            Context home,
            String job,
            JobWorkerVerticle worker,
            String node,
            String secret,
            Runnable onLost) {
        this.vertx = vertx;
        this.home = home;
        this.coordinator = Addresses.coordinator(job);
        this.worker = worker;
        this.ready = new WorkerReady(worker.id(), Addresses.worker(job, worker.id()) + secret, worker.credit(), node);
        this.onLost = onLost;
    }

    Future<Void> open() {
        return Future.future(promise -> home.runOnContext(ignored -> {
            consumer = vertx.eventBus().consumer(ready.address(), this::receive);
            consumer.completion().onSuccess(done -> sayAlive()).onComplete(promise);
        }));
    }

    boolean closedFor(String id) {
        if (worker.id().equals(id)) {
            closed = true;
            consumer.unregister();
            handBackWaiting();
        }
        return closed;
    }

    void sayAlive() {
        if (!closed && consumer != null) {
            WorkerAlive alive = new WorkerAlive(ready, List.copyOf(held.keySet()));
            // The answer is the next batch, and a lost one is said again.
            vertx.eventBus().send(coordinator, alive);
        }
    }

    private void receive(Message<TaskBatch> message) {
        TaskBatch batch;
        try {
            batch = message.body();
        } catch (WireException e) {
            message.fail(BAD_MESSAGE, e.getMessage());
            return;
        }
        Held one = new Held(message, batch, System.nanoTime());
        held.put(batch.flight(), one);
        waiting.add(one);
        pump();
    }

    private void pump() {
        while (running < ready.credit() && !waiting.isEmpty()) {
            start(waiting.remove());
        }
        if (!waiting.isEmpty() && !looking) {
            looking = true;
            vertx.setTimer(PATIENCE_MILLIS, timer -> look());
        }
    }

    private void start(Held one) {
        running++;
        worker.run(one.batch, outcome -> home.runOnContext(ignored -> ended(one, outcome)));
    }

    private void ended(Held one, BatchOutcome outcome) {
        running--;
        reply(one, outcome);
        if (outcome.workerLost() && !closed) {
            onLost.run();
        }
        pump();
    }

    private void look() {
        looking = false;
        Held first = waiting.peek();
        if (first != null && System.nanoTime() - first.sinceNanos > TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS)) {
            handBackWaiting();
        }
        pump();
    }

    private void handBackWaiting() {
        while (!waiting.isEmpty()) {
            Held one = waiting.remove();
            reply(one, new BatchOutcome(List.of(), one.batch.tasks(), false));
        }
    }

    private void reply(Held one, BatchOutcome outcome) {
        held.remove(one.batch.flight(), one);
        one.message.reply(outcome);
    }
}

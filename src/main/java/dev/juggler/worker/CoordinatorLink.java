package dev.juggler.worker;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerHeartbeat;
import dev.juggler.bus.BusMessage.WorkerLeaving;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the coordinator in another JVM and one worker say to each other: batches come and answers go, and once a second it
 * hears that the worker is alive. A few batches may wait here, so that the worker need not wait for the network between two
 * short ones.
 *
 * <p>Confined to the event loop of its {@link CoordinatorLinkVerticle}, but for {@link #pass}.
 */
final class CoordinatorLink {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLink.class);

    /** How long the coordinator's word that it sends no more is waited for. */
    private static final DeliveryOptions SOON = BusMessageCodec.options().setSendTimeout(2_000);

    private static final DeliveryOptions ANYWHERE = BusMessageCodec.options();

    private final Vertx vertx;
    private final Context home;
    private final String coordinator;
    private final JobWorkerVerticle worker;
    private final WorkerInbox inbox;
    private final WorkerReady ready;
    private final Runnable onLost;
    private MessageConsumer<TaskBatches> consumer;
    private boolean closed;
    private final Promise<Void> left = Promise.promise();
    private volatile boolean leaving;
    private boolean toldOfLeaving;

    CoordinatorLink(
            Vertx vertx,
            Context home,
            String run,
            JobWorkerVerticle worker,
            String node,
            String secret,
            Runnable onLost) {
        this.vertx = vertx;
        this.home = home;
        this.coordinator = Addresses.coordinator(run);
        this.worker = worker;
        this.inbox = worker.inbox(this::pass);
        this.ready = new WorkerReady(worker.id(), Addresses.worker(run, worker.id()) + secret, worker.credit(), node);
        this.onLost = onLost;
    }

    Future<Void> open() {
        return Future.future(promise -> home.runOnContext(ignored -> {
            consumer = vertx.eventBus().consumer(ready.address(), this::receive);
            consumer.completion().onSuccess(done -> sayAlive()).onComplete(promise);
        }));
    }

    /** Takes no more; completes when all that it has is answered. What its worker does meanwhile is the caller's affair. */
    Future<Void> leave() {
        leaving = true;
        inbox.handBack();
        vertx.eventBus().request(coordinator, new WorkerLeaving(ready), SOON).onComplete(any -> {
            toldOfLeaving = true;
            checkLeft();
        });
        return left.future();
    }

    private void checkLeft() {
        // What is kept until more can be said with it has to be said now.
        inbox.handBack();
        if (toldOfLeaving && inbox.held().isEmpty()) {
            left.tryComplete();
        }
    }

    boolean closedFor(String id) {
        if (worker.id().equals(id)) {
            closed = true;
            consumer.unregister();
            inbox.handBack();
        }
        return closed;
    }

    void sayAlive() {
        if (!closed && consumer != null) {
            // The answer is the next batch, and a lost one is said again.
            vertx.eventBus().send(coordinator, new WorkerHeartbeat(ready, inbox.held()), ANYWHERE);
        }
    }

    private void receive(Message<TaskBatches> message) {
        try {
            take(message.body().all());
        } catch (WireException e) {
            // Its lease is not renewed, so the coordinator takes it back.
            LOG.warn("batches that cannot be read: {}", e.getMessage());
        }
    }

    private void take(List<TaskBatch> batches) {
        if (leaving) {
            batches.forEach(batch ->
                    send(List.of(new BatchReply(batch.flight(), new BatchOutcome(List.of(), batch.tasks(), false)))));
        } else {
            inbox.put(batches);
        }
    }

    /** Passes answers on: short ones together, others alone, since a message has a largest size. Called on any thread. */
    private void pass(BatchReplies answers) {
        List<BatchReply> together = new ArrayList<>();
        boolean last = leaving;
        for (BatchReply each : answers.all()) {
            BatchReply answer =
                    last ? new BatchReply(each.flight(), each.outcome().cutOffByLeaving()) : each;
            if (answer.isShort()) {
                together.add(answer);
            } else {
                send(List.of(answer));
            }
        }
        if (!together.isEmpty()) {
            send(together);
        }
        if (answers.all().stream().anyMatch(answer -> answer.outcome().workerLost())) {
            home.runOnContext(ignored -> lost());
        }
        if (last) {
            home.runOnContext(ignored -> checkLeft());
        }
    }

    private void send(List<BatchReply> answers) {
        vertx.eventBus().send(coordinator, new BatchReplies(answers), ANYWHERE);
    }

    private void lost() {
        if (!closed) {
            onLost.run();
        }
    }
}

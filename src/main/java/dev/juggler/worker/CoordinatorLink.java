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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The messaging between one worker and its coordinator in another JVM: it receives batches, sends replies, and sends a
 * heartbeat once a second. It may queue a few batches, so that the worker does not wait for the network between two
 * short ones.
 *
 * <p>Confined to the event loop of its {@link CoordinatorLinkVerticle}, except {@link #open} and {@link #sendReplies},
 * which any thread may call.
 */
final class CoordinatorLink {
    private static final Logger LOG = LoggerFactory.getLogger(CoordinatorLink.class);

    /** Options for a leave request, with the timeout for the coordinator's acknowledgement. */
    private static final DeliveryOptions LEAVE_OPTIONS =
            BusMessageCodec.options().setSendTimeout(2_000);

    private static final DeliveryOptions SEND_OPTIONS = BusMessageCodec.options();

    private final Vertx vertx;
    private final Context context;
    private final String coordinator;
    private final JobWorkerVerticle worker;
    private final WorkerInbox inbox;
    private final WorkerReady ready;
    private final Runnable onLost;
    private @Nullable MessageConsumer<TaskBatches> consumer;
    private boolean closed;
    private final Promise<Void> allAnswered = Promise.promise();
    private volatile boolean leaving;
    private boolean leaveAcknowledged;

    CoordinatorLink(
            Vertx vertx,
            Context context,
            String run,
            JobWorkerVerticle worker,
            String node,
            String secret,
            Runnable onLost) {
        this.vertx = vertx;
        this.context = context;
        this.coordinator = Addresses.coordinator(run);
        this.worker = worker;
        this.inbox = worker.inbox(this::sendReplies);
        this.ready = new WorkerReady(worker.id(), Addresses.worker(run, worker.id()) + secret, worker.credit(), node);
        this.onLost = onLost;
    }

    /** Registers the worker's address and announces the worker by a heartbeat; completes when it is registered. */
    Future<Void> open() {
        return Future.future(promise -> context.runOnContext(ignored -> {
            MessageConsumer<TaskBatches> opened = vertx.eventBus().consumer(ready.address(), this::receive);
            consumer = opened;
            opened.completion().onSuccess(done -> sendHeartbeat()).onComplete(promise);
        }));
    }

    /**
     * Accepts no more batches. Completes when all accepted batches are answered. The caller drains or cancels the
     * worker.
     */
    Future<Void> leave() {
        leaving = true;
        inbox.handBack();
        vertx.eventBus()
                .request(coordinator, new WorkerLeaving(ready), LEAVE_OPTIONS)
                .onComplete(any -> {
                    leaveAcknowledged = true;
                    checkAllAnswered();
                });
        return allAnswered.future();
    }

    private void checkAllAnswered() {
        // Sends replies that the inbox holds back to batch them.
        inbox.handBack();
        if (leaveAcknowledged && inbox.held().isEmpty()) {
            allAnswered.tryComplete();
        }
    }

    /** Closes the link if it is for this worker; returns true if the link is closed. */
    boolean closeIfFor(String id) {
        if (worker.id().equals(id)) {
            closed = true;
            if (consumer != null) {
                consumer.unregister();
            }
            inbox.handBack();
        }
        return closed;
    }

    /** Sends a heartbeat with the ids of the unanswered batches, unless the link is closed or not open yet. */
    void sendHeartbeat() {
        if (!closed && consumer != null) {
            // Needs no acknowledgement: the coordinator answers with the next batch, and heartbeats repeat.
            vertx.eventBus().send(coordinator, new WorkerHeartbeat(ready, inbox.held()), SEND_OPTIONS);
        }
    }

    private void receive(Message<TaskBatches> message) {
        try {
            accept(message.body().all());
        } catch (WireException e) {
            // The lease of an unread batch is not renewed, so the coordinator reassigns it.
            LOG.warn(
                    "dropped unreadable batches for worker {}: {}; the coordinator reassigns them",
                    worker.id(),
                    e.getMessage());
        }
    }

    private void accept(List<TaskBatch> batches) {
        if (leaving) {
            batches.forEach(batch ->
                    send(List.of(new BatchReply(batch.flight(), new BatchOutcome(List.of(), batch.tasks(), false)))));
        } else {
            inbox.put(batches);
        }
    }

    /** Sends short replies together and others alone, since the size of a message is limited. Called on any thread. */
    private void sendReplies(BatchReplies replies) {
        List<BatchReply> shortReplies = new ArrayList<>();
        boolean isLeaving = leaving;
        for (BatchReply each : replies.all()) {
            BatchReply reply =
                    isLeaving ? new BatchReply(each.flight(), each.outcome().cutOffByLeaving()) : each;
            if (reply.isShort()) {
                shortReplies.add(reply);
            } else {
                send(List.of(reply));
            }
        }
        if (!shortReplies.isEmpty()) {
            send(shortReplies);
        }
        if (replies.all().stream().anyMatch(reply -> reply.outcome().workerLost())) {
            context.runOnContext(ignored -> reportLost());
        }
        if (isLeaving) {
            context.runOnContext(ignored -> checkAllAnswered());
        }
    }

    private void send(List<BatchReply> replies) {
        vertx.eventBus().send(coordinator, new BatchReplies(replies), SEND_OPTIONS);
    }

    private void reportLost() {
        if (!closed) {
            onLost.run();
        }
    }
}

package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireException;
import dev.juggler.job.EpochMicros;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends batches to workers over the event bus. Replies go to the coordinator's address. Batches are not sent as
 * requests, because each request costs an address and a timer.
 *
 * <p>A worker in this JVM gets all batches of a {@link #send} in one message. For a worker in another JVM each batch is
 * a message, since the size of messages between JVMs is limited. A worker thread writes those: an event loop flushes
 * each of its own writes with a system call, but writes from other threads together.
 *
 * <p>Otherwise confined to the coordinator's event loop.
 */
final class BatchSender {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
    private static final DeliveryOptions LOCAL = BusMessageCodec.options().setLocalOnly(true);
    private static final DeliveryOptions REMOTE = BusMessageCodec.options();

    private final Supplier<Vertx> vertx;
    private final Consumer<BatchReplies> onUndelivered;
    private final Map<String, WorkerChannel> channels = new HashMap<>();

    /** The channels to local workers that have batches waiting. */
    private List<WorkerChannel> pending = new ArrayList<>();

    private List<Runnable> remoteWrites = new ArrayList<>();

    /**
     * Creates a sender.
     *
     * @param vertx the Vert.x of the event bus; called at the first send
     * @param onUndelivered takes a reply that reports a worker as lost, for a worker that does not exist
     */
    BatchSender(Supplier<Vertx> vertx, Consumer<BatchReplies> onUndelivered) {
        this.vertx = vertx;
        this.onUndelivered = onUndelivered;
    }

    /** The connection to one worker. */
    private final class WorkerChannel {
        private final MessageProducer<TaskBatches> producer;
        private final List<TaskBatch> waiting = new ArrayList<>();

        WorkerChannel(WorkerReady worker) {
            producer = vertx.get().eventBus().sender(worker.address(), worker.remote() ? REMOTE : LOCAL);
        }

        void add(TaskBatch batch) {
            if (waiting.isEmpty()) {
                pending.add(this);
            }
            waiting.add(batch);
        }

        void writeWaiting() {
            TaskBatches batches = new TaskBatches(waiting);
            waiting.clear();
            write(batches);
        }

        void write(TaskBatches batches) {
            producer.write(batches).onFailure(failure -> onUndelivered.accept(undelivered(batches)));
        }
    }

    /** Reads a message; null if it cannot be decoded. The leases of its batches then expire. */
    static @Nullable BusMessage read(Message<BusMessage> message) {
        try {
            return message.body();
        } catch (WireException e) {
            LOG.warn("ignored a message that cannot be decoded: {}", e.getMessage());
            return null;
        }
    }

    /**
     * Adds a batch for its worker. A local worker receives it with the next {@link #send}, a remote one soon.
     *
     * @param budgetNanos the time after which the worker returns the tasks not started; 0 for none
     */
    void add(InFlightBatch inFlight, long budgetNanos) {
        Batch sent = inFlight.sent();
        TaskBatch batch = new TaskBatch(inFlight.id(), sent.tasks(), sent.attempt(), EpochMicros.micros(), budgetNanos);
        WorkerReady worker = inFlight.worker();
        WorkerChannel channel = channels.computeIfAbsent(worker.address(), address -> new WorkerChannel(worker));
        if (worker.remote()) {
            writeRemotely(() -> channel.write(new TaskBatches(List.of(batch))));
        } else {
            channel.add(batch);
        }
    }

    /** Sends the batches that wait for local workers. */
    void send() {
        if (!pending.isEmpty()) {
            List<WorkerChannel> all = pending;
            pending = new ArrayList<>();
            all.forEach(WorkerChannel::writeWaiting);
        }
    }

    private void writeRemotely(Runnable write) {
        if (remoteWrites.isEmpty()) {
            vertx.get().runOnContext(ignored -> startRemoteWrites());
        }
        remoteWrites.add(write);
    }

    private void startRemoteWrites() {
        List<Runnable> writes = remoteWrites;
        remoteWrites = new ArrayList<>();
        vertx.get().executeBlocking(() -> {
            writes.forEach(Runnable::run);
            return null;
        });
    }

    private static BatchReplies undelivered(TaskBatches batches) {
        return new BatchReplies(batches.all().stream()
                .map(batch -> new BatchReply(batch.flight(), new BatchOutcome(List.of(), batch.tasks(), true)))
                .toList());
    }
}

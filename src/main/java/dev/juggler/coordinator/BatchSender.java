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
import dev.juggler.coordinator.Backlog.Batch;
import dev.juggler.coordinator.InFlightBatches.InFlightBatch;
import dev.juggler.job.EpochMicros;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries batches to workers; what comes back goes to the coordinator's address. These are not requests of the event bus:
 * each of those would cost an address and a timer. Confined to the coordinator's event loop, but for the writing to other
 * JVMs: what is written from the loop itself goes out at once, with a system call for each message, and what comes from
 * another thread goes out together. There each batch is a message, since those have a largest size; a worker in this JVM
 * gets all that are for it in one.
 */
final class BatchSender {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSender.class);
    private static final DeliveryOptions HERE = BusMessageCodec.options().setLocalOnly(true);
    private static final DeliveryOptions AFAR = BusMessageCodec.options();

    private final Vertx vertx;
    private final EventBus bus;
    private final Consumer<BatchReplies> onUndelivered;
    private final Map<String, WorkerChannel> ways = new HashMap<>();

    /** To workers here that are to get something. */
    private List<WorkerChannel> due = new ArrayList<>();

    private List<Runnable> outgoing = new ArrayList<>();

    /** @param onUndelivered takes the answer of a worker that is not there: it is as good as lost */
    BatchSender(Vertx vertx, Consumer<BatchReplies> onUndelivered) {
        this.vertx = vertx;
        this.bus = vertx.eventBus();
        this.onUndelivered = onUndelivered;
    }

    /** To one worker. */
    private final class WorkerChannel {
        private final MessageProducer<TaskBatches> producer;
        private final List<TaskBatch> waiting = new ArrayList<>();

        WorkerChannel(WorkerReady worker) {
            producer = bus.sender(worker.address(), worker.remote() ? AFAR : HERE);
        }

        void add(TaskBatch batch) {
            if (waiting.isEmpty()) {
                due.add(this);
            }
            waiting.add(batch);
        }

        void writeWaiting() {
            TaskBatches all = new TaskBatches(waiting);
            waiting.clear();
            write(all);
        }

        void write(TaskBatches batches) {
            producer.write(batches).onFailure(failure -> onUndelivered.accept(nobody(batches)));
        }
    }

    /** What a message says; null when it cannot be read, which is found out by the leases of the batches it is about. */
    static BusMessage read(Message<BusMessage> message) {
        try {
            return message.body();
        } catch (WireException e) {
            LOG.warn("a message that cannot be read: {}", e.getMessage());
            return null;
        }
    }

    /**
     * Takes a batch for its worker, which gets it with the next {@link #send}.
     *
     * @param budgetNanos after this time the worker hands back what it has not begun; 0 for never
     */
    void carry(InFlightBatch flight, long budgetNanos) {
        Batch share = flight.sent();
        TaskBatch batch = new TaskBatch(flight.id(), share.tasks(), share.attempt(), EpochMicros.micros(), budgetNanos);
        WorkerReady worker = flight.worker();
        WorkerChannel way = ways.computeIfAbsent(worker.address(), address -> new WorkerChannel(worker));
        if (worker.remote()) {
            writeSoon(() -> way.write(new TaskBatches(List.of(batch))));
        } else {
            way.add(batch);
        }
    }

    /** Sends what it has. */
    void send() {
        if (!due.isEmpty()) {
            List<WorkerChannel> all = due;
            due = new ArrayList<>();
            all.forEach(WorkerChannel::writeWaiting);
        }
    }

    private void writeSoon(Runnable write) {
        if (outgoing.isEmpty()) {
            vertx.runOnContext(ignored -> writeAll());
        }
        outgoing.add(write);
    }

    private void writeAll() {
        List<Runnable> all = outgoing;
        outgoing = new ArrayList<>();
        vertx.executeBlocking(() -> {
            all.forEach(Runnable::run);
            return null;
        });
    }

    private static BatchReplies nobody(TaskBatches batches) {
        return new BatchReplies(batches.all().stream()
                .map(batch -> new BatchReply(batch.flight(), new BatchOutcome(List.of(), batch.tasks(), true)))
                .toList());
    }
}

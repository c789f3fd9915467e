package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.Answer;
import dev.juggler.bus.BusMessage.Answers;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.WireException;
import dev.juggler.coordinator.Backlog.Share;
import dev.juggler.coordinator.Flights.Flight;
import dev.juggler.job.Clock;
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
 * Carries batches to workers, a message each; what comes back goes to the coordinator's address. These are not requests
 * of the event bus: each of those would cost an address and a timer. Confined to the coordinator's event
 * loop, but for the writing to other JVMs: what is written from the loop itself goes out at once, with a system call for
 * each message, and what comes from another thread goes out together.
 */
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);
    private static final DeliveryOptions AFAR = new DeliveryOptions();

    private final Vertx vertx;
    private final EventBus bus;
    private final Map<String, MessageProducer<TaskBatch>> ways = new HashMap<>();
    private List<Runnable> outgoing = new ArrayList<>();

    Courier(Vertx vertx) {
        this.vertx = vertx;
        this.bus = vertx.eventBus();
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
     * Carries a batch to its worker.
     *
     * @param budgetNanos after this time the worker hands back what it has not begun; 0 for never
     * @param onUndelivered takes the answer of a worker that is not there: it is as good as lost
     */
    void carry(Flight flight, long budgetNanos, Consumer<Answers> onUndelivered) {
        Share share = flight.sent();
        TaskBatch batch = new TaskBatch(flight.id(), share.tasks(), share.attempt(), Clock.micros(), budgetNanos);
        WorkerReady worker = flight.worker();
        MessageProducer<TaskBatch> way = way(worker);
        Runnable write = () -> way.write(batch).onFailure(failure -> onUndelivered.accept(nobody(batch)));
        if (worker.remote()) {
            writeSoon(write);
        } else {
            write.run();
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

    private MessageProducer<TaskBatch> way(WorkerReady worker) {
        return ways.computeIfAbsent(worker.address(), address -> bus.sender(address, worker.remote() ? AFAR : HERE));
    }

    private static Answers nobody(TaskBatch batch) {
        return new Answers(List.of(new Answer(batch.flight(), new BatchOutcome(List.of(), batch.tasks(), true))));
    }
}

package dev.juggler.coordinator;

import dev.juggler.bus.BusMessage.Answer;
import dev.juggler.bus.BusMessage.Answers;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.WorkerReady;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageProducer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Carries batches to workers, a message each, and hands out what comes back, of which a message may hold several. These
 * are not requests of the event bus: each of those would cost an address and a timer. Confined to the coordinator's event
 * loop, but for the writing to other JVMs: what is written from the loop itself goes out at once, with a system call for
 * each message, and what comes from another thread goes out together.
 */
final class Courier {
    private static final DeliveryOptions HERE = new DeliveryOptions().setLocalOnly(true);
    private static final DeliveryOptions AFAR = new DeliveryOptions();

    private final Vertx vertx;
    private final EventBus bus;
    private final Map<Long, Consumer<BatchOutcome>> awaited = new HashMap<>();
    private final Map<String, MessageProducer<TaskBatch>> ways = new HashMap<>();
    private List<Runnable> outgoing = new ArrayList<>();

    Courier(Vertx vertx) {
        this.vertx = vertx;
        this.bus = vertx.eventBus();
    }

    /**
     * Sends a batch, and says so once what came of it.
     *
     * @param done called on the coordinator's event loop, within {@link #handOut}
     * @param onUndelivered takes the answer of a worker that is not there: it is as good as lost
     */
    void send(WorkerReady worker, TaskBatch batch, Consumer<BatchOutcome> done, Consumer<Answers> onUndelivered) {
        awaited.put(batch.flight(), done);
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

    /** Tells those who wait for these answers. One that nobody waits for counts for nothing. */
    void handOut(Answers answers) {
        for (Answer answer : answers.all()) {
            Consumer<BatchOutcome> done = awaited.remove(answer.flight());
            if (done != null) {
                done.accept(answer.outcome());
            }
        }
    }
}

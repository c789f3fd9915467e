package dev.juggler.worker;

import static dev.juggler.Waiting.await;
import static dev.juggler.job.OutcomeState.CANCELLED;
import static dev.juggler.job.OutcomeState.SUCCEEDED;
import static dev.juggler.worker.Collected.batch;
import static dev.juggler.worker.Collected.states;
import static dev.juggler.worker.Collected.succeeded;
import static dev.juggler.worker.Collected.tasks;
import static dev.juggler.worker.Collected.unbounded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusMessage;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.BatchReply;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class JobWorkerVerticleTest {
    private static final DeploymentOptions WORKER = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final BlockingQueue<WorkerReady> ready = new LinkedBlockingQueue<>();
    private final BlockingQueue<BatchReply> answers = new LinkedBlockingQueue<>();
    private Vertx vertx;

    @BeforeEach
    void playCoordinator(Vertx given) throws Exception {
        vertx = given;
        BusMessageCodec.register(given.eventBus());
        BusMessageCodec.register(given.eventBus());
        await(given.eventBus()
                .<BusMessage>localConsumer(Addresses.coordinator("job"), message -> hear(message.body()))
                .completion());
    }

    private void hear(BusMessage message) {
        switch (message) {
            case WorkerReady worker -> ready.add(worker);
            case BatchReplies some -> answers.addAll(some.all());
            default -> throw new AssertionError(message);
        }
    }

    private JobWorkerVerticle worker() {
        return new JobWorkerVerticle(
                "job",
                "w-0",
                1,
                () -> new BlockingTaskRunner(
                        "w-0",
                        task -> {
                            if (task.index() == 9) {
                                begun.countDown();
                                Thread.sleep(600_000);
                            }
                            return succeeded();
                        },
                        unbounded(),
                        false));
    }

    private void send(TaskBatch batch) {
        vertx.eventBus()
                .send(Addresses.worker("job", "w-0"), new TaskBatches(List.of(batch)), BusMessageCodec.options());
    }

    private BatchOutcome answer(long flight) throws InterruptedException {
        BatchReply answer = answers.poll(60, TimeUnit.SECONDS);
        assertNotNull(answer, "no answer came");
        assertEquals(flight, answer.flight());
        return answer.outcome();
    }

    @Test
    void announcesItselfOnlyWhenToldTo() throws Exception {
        JobWorkerVerticle worker = worker();
        await(vertx.deployVerticle(worker, WORKER));
        assertNotNull(worker.thread());
        assertNull(ready.peek());
        await(worker.announce());
        assertEquals(new WorkerReady("w-0", Addresses.worker("job", "w-0"), 1), ready.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void doesBatchesAndPassesTasksByReference() throws Exception {
        JobWorkerVerticle worker = worker();
        await(vertx.deployVerticle(worker, WORKER));
        await(worker.announce());
        TaskBatch batch = batch(0, 2);
        send(batch);
        BatchOutcome outcome = answer(0);
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(outcome));
        assertSame(batch.tasks().getFirst(), outcome.outcomes().getFirst().task());
    }

    @Test
    void isCancelledFromAnyThreadAndUndeploysAfterwards() throws Exception {
        JobWorkerVerticle worker = worker();
        worker.cancel("not deployed: nothing happens");
        worker.drain();
        String id = await(vertx.deployVerticle(worker, WORKER));
        await(worker.announce());
        send(batch(9, 12));
        begun.await();
        worker.drain();
        worker.cancel("the end");
        BatchOutcome cut = answer(0);
        assertEquals(List.of(CANCELLED), states(cut));
        assertEquals(tasks(10, 12), cut.returned());
        await(vertx.undeploy(id));
        worker.cancel("too late");
    }
}

package dev.juggler.worker;

import static dev.juggler.Waiting.await;
import static dev.juggler.job.OutcomeState.CANCELLED;
import static dev.juggler.job.OutcomeState.SUCCEEDED;
import static dev.juggler.worker.OutcomeCollector.batch;
import static dev.juggler.worker.OutcomeCollector.noTimeout;
import static dev.juggler.worker.OutcomeCollector.states;
import static dev.juggler.worker.OutcomeCollector.succeeded;
import static dev.juggler.worker.OutcomeCollector.tasks;
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
    private final BlockingQueue<BatchReply> replies = new LinkedBlockingQueue<>();
    private Vertx vertx;

    @BeforeEach
    void registerCoordinator(Vertx given) throws Exception {
        vertx = given;
        BusMessageCodec.register(given.eventBus());
        BusMessageCodec.register(given.eventBus());
        await(given.eventBus()
                .<BusMessage>localConsumer(Addresses.coordinator("job"), message -> receive(message.body()))
                .completion());
    }

    private void receive(BusMessage message) {
        switch (message) {
            case WorkerReady worker -> ready.add(worker);
            case BatchReplies batch -> replies.addAll(batch.all());
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
                        noTimeout(),
                        false));
    }

    private void send(TaskBatch batch) {
        vertx.eventBus()
                .send(Addresses.worker("job", "w-0"), new TaskBatches(List.of(batch)), BusMessageCodec.options());
    }

    private BatchOutcome reply(long batchId) throws InterruptedException {
        BatchReply reply = replies.poll(60, TimeUnit.SECONDS);
        assertNotNull(reply, "no reply within 60 s");
        assertEquals(batchId, reply.flight());
        return reply.outcome();
    }

    @Test
    void announcesItselfOnlyOnRequest() throws Exception {
        JobWorkerVerticle worker = worker();
        await(vertx.deployVerticle(worker, WORKER));
        assertNotNull(worker.thread());
        assertNull(ready.peek());
        await(worker.announce());
        assertEquals(new WorkerReady("w-0", Addresses.worker("job", "w-0"), 1), ready.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void runsBatchesAndPassesTasksByReference() throws Exception {
        JobWorkerVerticle worker = worker();
        await(vertx.deployVerticle(worker, WORKER));
        await(worker.announce());
        TaskBatch batch = batch(0, 2);
        send(batch);
        BatchOutcome outcome = reply(0);
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(outcome));
        assertSame(batch.tasks().getFirst(), outcome.outcomes().getFirst().task());
    }

    @Test
    void canBeCancelledFromAnyThreadAndUndeployed() throws Exception {
        JobWorkerVerticle worker = worker();
        worker.cancel("not deployed: nothing happens");
        worker.drain();
        String id = await(vertx.deployVerticle(worker, WORKER));
        await(worker.announce());
        send(batch(9, 12));
        begun.await();
        worker.drain();
        worker.cancel("the end");
        BatchOutcome cancelled = reply(0);
        assertEquals(List.of(CANCELLED), states(cancelled));
        assertEquals(tasks(10, 12), cancelled.returned());
        await(vertx.undeploy(id));
        worker.cancel("too late");
    }
}

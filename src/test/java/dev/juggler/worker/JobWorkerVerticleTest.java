package dev.juggler.worker;

import static dev.juggler.job.State.CANCELLED;
import static dev.juggler.job.State.SUCCEEDED;
import static dev.juggler.worker.Collected.batch;
import static dev.juggler.worker.Collected.states;
import static dev.juggler.worker.Collected.succeeded;
import static dev.juggler.worker.Collected.tasks;
import static dev.juggler.worker.Collected.unbounded;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.juggler.bus.Addresses;
import dev.juggler.bus.BusCodec;
import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.WorkerReady;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class JobWorkerVerticleTest {
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(60_000);
    private static final DeploymentOptions WORKER = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    private final CountDownLatch begun = new CountDownLatch(1);
    private Vertx vertx;

    @BeforeEach
    void useCodec(Vertx given) {
        vertx = given;
        BusCodec.register(given.eventBus());
        BusCodec.register(given.eventBus());
    }

    private JobWorkerVerticle worker() {
        return new JobWorkerVerticle(
                "job",
                "w-0",
                1,
                () -> new BlockingRunner(
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

    private Future<BatchOutcome> send(TaskBatch batch) {
        return vertx.eventBus()
                .<BatchOutcome>request(Addresses.worker("job", "w-0"), batch, PATIENT)
                .map(Message::body);
    }

    private static <T> T ended(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void announcesItselfOnlyWhenToldTo() throws Exception {
        CompletableFuture<WorkerReady> ready = new CompletableFuture<>();
        ended(vertx.eventBus()
                .<WorkerReady>localConsumer(Addresses.coordinator("job"), message -> ready.complete(message.body()))
                .completion());
        JobWorkerVerticle worker = worker();
        ended(vertx.deployVerticle(worker, WORKER));
        assertNotNull(worker.thread());
        assertFalse(ready.isDone());
        worker.announce();
        assertEquals(new WorkerReady("w-0", Addresses.worker("job", "w-0"), 1), ready.get(60, TimeUnit.SECONDS));
    }

    @Test
    void doesBatchesAndPassesTasksByReference() throws Exception {
        ended(vertx.deployVerticle(worker(), WORKER));
        TaskBatch batch = batch(0, 2);
        BatchOutcome outcome = ended(send(batch));
        assertEquals(List.of(SUCCEEDED, SUCCEEDED), states(outcome));
        assertSame(batch.tasks().getFirst(), outcome.outcomes().getFirst().task());
    }

    @Test
    void isCancelledFromAnyThreadAndUndeploysAfterwards() throws Exception {
        JobWorkerVerticle worker = worker();
        worker.cancel("not deployed: nothing happens");
        worker.drain();
        String id = ended(vertx.deployVerticle(worker, WORKER));
        Future<BatchOutcome> running = send(batch(9, 12));
        begun.await();
        worker.drain();
        worker.cancel("the end");
        assertEquals(List.of(CANCELLED), states(ended(running)));
        assertEquals(tasks(10, 12), running.result().returned());
        ended(vertx.undeploy(id));
        worker.cancel("too late");
    }
}

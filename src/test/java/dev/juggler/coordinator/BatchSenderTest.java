package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.bus.BusMessage.BatchReplies;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.bus.BusMessage.TaskBatches;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.bus.BusMessageCodec;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class BatchSenderTest {
    private static final WorkerReady HERE = new WorkerReady("w-0", "here", 8);
    private static final WorkerReady ALSO_HERE = new WorkerReady("w-1", "also here", 8);
    private static final WorkerReady NOWHERE = new WorkerReady("w-2", "nowhere", 8);

    private final InFlightBatches flights = new InFlightBatches();
    private final BlockingQueue<TaskBatches> came = new LinkedBlockingQueue<>();
    private final BlockingQueue<TaskBatches> alsoCame = new LinkedBlockingQueue<>();
    private final BlockingQueue<BatchReplies> undelivered = new LinkedBlockingQueue<>();
    private Context loop;
    private BatchSender courier;

    @BeforeEach
    void listen(Vertx vertx) {
        BusMessageCodec.register(vertx.eventBus());
        loop = vertx.getOrCreateContext();
        courier = new BatchSender(vertx, undelivered::add);
        vertx.eventBus().<TaskBatches>localConsumer(HERE.address(), message -> came.add(message.body()));
        vertx.eventBus().<TaskBatches>localConsumer(ALSO_HERE.address(), message -> alsoCame.add(message.body()));
    }

    private void carry(WorkerReady worker, long task) {
        Backlog.Batch share = new Backlog.Batch(List.of(SampleTasks.task(task)), 1, true);
        courier.carry(flights.begin(worker, share, 0), 0);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(60, TimeUnit.SECONDS);
        assertNotNull(next, "nothing came");
        return next;
    }

    private static List<Long> flights(TaskBatches batches) {
        return batches.all().stream().map(TaskBatch::flight).toList();
    }

    @Test
    void eachWorkerGetsWhatIsForItInOneMessage() throws Exception {
        loop.runOnContext(ignored -> {
            carry(HERE, 0);
            carry(ALSO_HERE, 1);
            carry(HERE, 2);
            courier.send();
            carry(HERE, 3);
            courier.send();
            courier.send();
        });
        assertEquals(List.of(1L, 3L), flights(next(came)));
        assertEquals(List.of(4L), flights(next(came)));
        assertEquals(List.of(2L), flights(next(alsoCame)));
        assertTrue(came.isEmpty() && alsoCame.isEmpty() && undelivered.isEmpty());
    }

    @Test
    void aWorkerInAnotherJvmGetsAMessageForEachBatch() throws Exception {
        WorkerReady afar = new WorkerReady("w-3", HERE.address(), 8, "node");
        loop.runOnContext(ignored -> {
            carry(afar, 0);
            carry(afar, 1);
            courier.send();
        });
        assertEquals(List.of(1L), flights(next(came)));
        assertEquals(List.of(2L), flights(next(came)));
    }

    @Test
    void aWorkerThatIsNotThereIsLostWithAllThatIsForIt() throws Exception {
        loop.runOnContext(ignored -> {
            carry(NOWHERE, 7);
            carry(NOWHERE, 8);
            courier.send();
        });
        BatchReplies answers = next(undelivered);
        assertEquals(2, answers.all().size());
        for (int i = 0; i < 2; i++) {
            assertEquals(i + 1, answers.all().get(i).flight());
            assertTrue(answers.all().get(i).outcome().workerLost());
            assertEquals(
                    List.of(SampleTasks.task(7 + i)),
                    answers.all().get(i).outcome().returned());
        }
    }
}

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
    private static final WorkerReady LOCAL = new WorkerReady("w-0", "local", 8);
    private static final WorkerReady OTHER_LOCAL = new WorkerReady("w-1", "other-local", 8);
    private static final WorkerReady ABSENT = new WorkerReady("w-2", "absent", 8);

    private final InFlightBatches inFlight = new InFlightBatches();
    private final BlockingQueue<TaskBatches> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<TaskBatches> otherReceived = new LinkedBlockingQueue<>();
    private final BlockingQueue<BatchReplies> undelivered = new LinkedBlockingQueue<>();
    private Context loop;
    private BatchSender sender;

    @BeforeEach
    void listen(Vertx vertx) {
        BusMessageCodec.register(vertx.eventBus());
        loop = vertx.getOrCreateContext();
        sender = new BatchSender(() -> vertx, undelivered::add);
        vertx.eventBus().<TaskBatches>localConsumer(LOCAL.address(), message -> received.add(message.body()));
        vertx.eventBus()
                .<TaskBatches>localConsumer(OTHER_LOCAL.address(), message -> otherReceived.add(message.body()));
    }

    private void add(WorkerReady worker, long task) {
        Batch batch = new Batch(List.of(SampleTasks.task(task)), 1, true);
        sender.add(inFlight.begin(worker, batch, 0), 0);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(60, TimeUnit.SECONDS);
        assertNotNull(next, "nothing received");
        return next;
    }

    private static List<Long> ids(TaskBatches batches) {
        return batches.all().stream().map(TaskBatch::flight).toList();
    }

    @Test
    void aLocalWorkerGetsItsBatchesInOneMessage() throws Exception {
        loop.runOnContext(ignored -> {
            add(LOCAL, 0);
            add(OTHER_LOCAL, 1);
            add(LOCAL, 2);
            sender.send();
            add(LOCAL, 3);
            sender.send();
            sender.send();
        });
        assertEquals(List.of(1L, 3L), ids(next(received)));
        assertEquals(List.of(4L), ids(next(received)));
        assertEquals(List.of(2L), ids(next(otherReceived)));
        assertTrue(received.isEmpty() && otherReceived.isEmpty() && undelivered.isEmpty());
    }

    @Test
    void aRemoteWorkerGetsAMessageForEachBatch() throws Exception {
        WorkerReady remote = new WorkerReady("w-3", LOCAL.address(), 8, "node");
        loop.runOnContext(ignored -> {
            add(remote, 0);
            add(remote, 1);
            sender.send();
        });
        assertEquals(List.of(1L), ids(next(received)));
        assertEquals(List.of(2L), ids(next(received)));
    }

    @Test
    void anAbsentWorkerIsReportedLostForEachOfItsBatches() throws Exception {
        loop.runOnContext(ignored -> {
            add(ABSENT, 7);
            add(ABSENT, 8);
            sender.send();
        });
        BatchReplies replies = next(undelivered);
        assertEquals(2, replies.all().size());
        for (int i = 0; i < 2; i++) {
            assertEquals(i + 1, replies.all().get(i).flight());
            assertTrue(replies.all().get(i).outcome().workerLost());
            assertEquals(
                    List.of(SampleTasks.task(7 + i)),
                    replies.all().get(i).outcome().returned());
        }
    }
}

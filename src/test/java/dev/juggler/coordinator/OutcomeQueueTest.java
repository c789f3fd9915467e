package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.failure;
import static dev.juggler.coordinator.SampleTasks.indexes;
import static dev.juggler.coordinator.SampleTasks.job;
import static dev.juggler.coordinator.SampleTasks.success;
import static dev.juggler.coordinator.SampleTasks.task;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutcomeQueueTest {
    private final SlowSink sink = new SlowSink();
    private final List<Throwable> written = new ArrayList<>();

    /** A sink whose writes the test completes. */
    private static final class SlowSink implements OutcomeSink {
        private final List<List<Long>> arrived = new ArrayList<>();
        private final List<List<Long>> released = new ArrayList<>();
        private Promise<Void> current;

        @Override
        public Future<Void> write(List<Outcome> arriving, List<Outcome> releasing) {
            assertNull(current, "two writes at a time");
            arrived.add(indexes(arriving));
            released.add(indexes(releasing));
            current = Promise.promise();
            return current.future();
        }

        void end(Throwable failure) {
            Promise<Void> ending = current;
            current = null;
            ending.handle(failure == null ? Future.succeededFuture() : Future.failedFuture(failure));
        }
    }

    private OutcomeQueue queue(boolean keepOrder, String kind) {
        return new OutcomeQueue(job(keepOrder, kind), sink, written::add);
    }

    @Test
    void outcomesThatArriveDuringAWriteJoinTheNext() {
        OutcomeQueue queue = queue(false, "fetch");
        assertTrue(queue.isEmpty());
        queue.flush();
        queue.add(success(3), true);
        assertFalse(queue.isEmpty());
        queue.flush();
        queue.add(success(1), true);
        queue.flush();
        queue.add(success(2), true);
        assertEquals(List.of(List.of(3L)), sink.arrived);
        sink.end(null);
        assertEquals(List.of(List.of(3L), List.of(1L, 2L)), sink.arrived);
        assertEquals(sink.arrived, sink.released);
        assertFalse(queue.isEmpty());
        sink.end(null);
        assertTrue(queue.isEmpty());
        assertEquals(2, written.size());
        assertNull(written.get(0));
    }

    @Test
    void hasNoRoomWhileTheSinkIsFarBehind() {
        OutcomeQueue queue = queue(false, "fetch");
        queue.add(success(0), true);
        queue.flush();
        long index = 1;
        while (queue.hasRoom()) {
            queue.add(success(index++), true);
            queue.flush();
            assertTrue(index < 1_000_000, "the queue never fills");
        }
        assertTrue(queue.mayRunAhead(4));
        sink.end(null);
        assertTrue(queue.hasRoom());
    }

    @Test
    void releasesInInputOrderWhileTheJournalGetsArrivalOrder() {
        OutcomeQueue queue = queue(true, "fetch");
        queue.expect(tasks(0, 3));
        queue.add(success(1), true);
        queue.add(failure(0, 1), false);
        queue.flush();
        assertEquals(List.of(List.of(1L, 0L)), sink.arrived);
        assertEquals(List.of(List.of()), sink.released);
        sink.end(null);
        queue.settle(task(0));
        assertFalse(queue.isEmpty());
        queue.flush();
        assertEquals(List.of(List.of(), List.of(0L, 1L)), sink.released);
        sink.end(null);
        assertTrue(queue.isEmpty());
    }

    @Test
    void orderedResultsBoundHowFarDispatchRunsAhead() {
        OutcomeQueue large = queue(true, "fetch");
        assertTrue(large.mayRunAhead(4));
        large.expect(tasks(0, 256));
        assertFalse(large.mayRunAhead(4));
        assertTrue(large.mayRunAhead(17));
        assertTrue(large.hasRoom());
        OutcomeQueue small = queue(true, "compute");
        small.expect(tasks(0, 3 * Chunker.MAX_SIZE));
        assertTrue(small.mayRunAhead(4));
        small.expect(tasks(3 * Chunker.MAX_SIZE, 10 * Chunker.MAX_SIZE));
        assertFalse(small.mayRunAhead(4));
    }

    @Test
    void writesNothingAfterAFailedWrite() {
        OutcomeQueue queue = queue(false, "fetch");
        queue.add(success(0), true);
        queue.flush();
        queue.add(success(1), true);
        IOException full = new IOException("full");
        sink.end(full);
        assertSame(full, written.get(0));
        queue.add(success(2), true);
        queue.flush();
        assertEquals(1, sink.arrived.size());
        assertTrue(queue.isEmpty());
        assertTrue(queue.hasRoom());
    }
}

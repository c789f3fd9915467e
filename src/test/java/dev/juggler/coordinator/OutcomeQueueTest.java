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

    /** A sink whose writes end when the test says so. */
    private static final class SlowSink implements OutcomeSink {
        private final List<List<Long>> arrived = new ArrayList<>();
        private final List<List<Long>> released = new ArrayList<>();
        private Promise<Void> current;

        @Override
        public Future<Void> write(List<Outcome> came, List<Outcome> go) {
            assertNull(current, "two writes at a time");
            arrived.add(indexes(came));
            released.add(indexes(go));
            current = Promise.promise();
            return current.future();
        }

        void end(Throwable failure) {
            Promise<Void> ending = current;
            current = null;
            ending.handle(failure == null ? Future.succeededFuture() : Future.failedFuture(failure));
        }
    }

    private OutcomeQueue outbox(boolean keepOrder, String kind) {
        return new OutcomeQueue(job(keepOrder, kind), sink, written::add);
    }

    @Test
    void whatComesDuringAWriteGoesWithTheNext() {
        OutcomeQueue outbox = outbox(false, "fetch");
        assertTrue(outbox.isEmpty());
        outbox.flush();
        outbox.add(success(3), true);
        assertFalse(outbox.isEmpty());
        outbox.flush();
        outbox.add(success(1), true);
        outbox.flush();
        outbox.add(success(2), true);
        assertEquals(List.of(List.of(3L)), sink.arrived);
        sink.end(null);
        assertEquals(List.of(List.of(3L), List.of(1L, 2L)), sink.arrived);
        assertEquals(sink.arrived, sink.released);
        assertFalse(outbox.isEmpty());
        sink.end(null);
        assertTrue(outbox.isEmpty());
        assertEquals(2, written.size());
        assertNull(written.get(0));
    }

    @Test
    void hasNoRoomWhileTheSinkIsFarBehind() {
        OutcomeQueue outbox = outbox(false, "fetch");
        outbox.add(success(0), true);
        outbox.flush();
        long index = 1;
        while (outbox.hasRoom()) {
            outbox.add(success(index++), true);
            outbox.flush();
            assertTrue(index < 1_000_000, "it never fills");
        }
        assertTrue(outbox.mayRunAhead(4));
        sink.end(null);
        assertTrue(outbox.hasRoom());
    }

    @Test
    void orderedResultsAreReleasedInOrderWhileTheJournalHasThemAsTheyCame() {
        OutcomeQueue outbox = outbox(true, "fetch");
        outbox.expect(tasks(0, 3));
        outbox.add(success(1), true);
        outbox.add(failure(0, 1), false);
        outbox.flush();
        assertEquals(List.of(List.of(1L, 0L)), sink.arrived);
        assertEquals(List.of(List.of()), sink.released);
        sink.end(null);
        outbox.settle(task(0));
        assertFalse(outbox.isEmpty());
        outbox.flush();
        assertEquals(List.of(List.of(), List.of(0L, 1L)), sink.released);
        sink.end(null);
        assertTrue(outbox.isEmpty());
    }

    @Test
    void orderedRunsDoNotRunFarAheadOfTheFirstTask() {
        OutcomeQueue large = outbox(true, "fetch");
        assertTrue(large.mayRunAhead(4));
        large.expect(tasks(0, 256));
        assertFalse(large.mayRunAhead(4));
        assertTrue(large.mayRunAhead(17));
        assertTrue(large.hasRoom());
        OutcomeQueue small = outbox(true, "compute");
        small.expect(tasks(0, 3 * Chunker.LARGEST));
        assertTrue(small.mayRunAhead(4));
        small.expect(tasks(3 * Chunker.LARGEST, 10 * Chunker.LARGEST));
        assertFalse(small.mayRunAhead(4));
    }

    @Test
    void afterAFailedWriteNothingMoreIsWritten() {
        OutcomeQueue outbox = outbox(false, "fetch");
        outbox.add(success(0), true);
        outbox.flush();
        outbox.add(success(1), true);
        IOException full = new IOException("full");
        sink.end(full);
        assertSame(full, written.get(0));
        outbox.add(success(2), true);
        outbox.flush();
        assertEquals(1, sink.arrived.size());
        assertTrue(outbox.isEmpty());
        assertTrue(outbox.hasRoom());
    }
}

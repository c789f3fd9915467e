package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.WorkerReady;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.Value;
import dev.juggler.job.WorkSpec;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PrefetchTest {
    private static final WorkerReady LOCAL = new WorkerReady("w", "a", 1);
    private static final WorkerReady REMOTE = new WorkerReady("w", "a", 1, "node");
    private static final Chunking SINGLE = new Chunking.Fixed(1);

    private static Job job(Chunking chunking, Limits limits) {
        WorkSpec work = new WorkSpec.ComputeSpec("square", Optional.empty(), List.of());
        return Job.builder("j", work)
                .model(ConcurrencyModel.THREADS, 2)
                .chunking(chunking)
                .limits(limits)
                .build();
    }

    private static BatchOutcome reply(long micros) {
        Outcome outcome = new Outcome(
                new Task(0, new Input.Whole(1)),
                1,
                new Result.Succeeded(new Value.Computed(1)),
                "w",
                0,
                0,
                TimeUnit.MICROSECONDS.toNanos(micros));
        return new BatchOutcome(List.of(outcome), List.of(), false);
    }

    private static int prefetch(Chunking chunking, Limits limits, WorkerReady worker, long micros) {
        return new Prefetch(job(chunking, limits)).after(worker, reply(micros));
    }

    @Test
    void shorterBatchesArePrefetchedMore() {
        assertEquals(64, prefetch(SINGLE, Limits.NONE, LOCAL, 1));
        assertEquals(3, prefetch(SINGLE, Limits.NONE, LOCAL, 50));
        assertEquals(0, prefetch(SINGLE, Limits.NONE, LOCAL, 300));
        assertEquals(64, prefetch(SINGLE, Limits.NONE, REMOTE, 1));
        assertEquals(1, prefetch(SINGLE, Limits.NONE, REMOTE, 10_000));
        assertEquals(0, prefetch(SINGLE, Limits.NONE, REMOTE, 30_000));
    }

    @Test
    void automaticChunksAreNotPrefetchedInThisJvm() {
        assertEquals(0, prefetch(new Chunking.Auto(), Limits.NONE, LOCAL, 1));
        assertEquals(64, prefetch(new Chunking.Auto(), Limits.NONE, REMOTE, 1));
    }

    @Test
    void nothingIsPrefetchedIfAFailureHaltsTheRun() {
        Limits halting =
                new Limits(Optional.empty(), Optional.empty(), new HaltPolicy.AfterFailures(1), Optional.empty());
        assertEquals(0, prefetch(SINGLE, halting, LOCAL, 1));
    }

    @Test
    void aWorkerThatReturnsTasksPrefetchesNone() {
        BatchOutcome back = new BatchOutcome(List.of(), List.of(new Task(0, new Input.Whole(1))), false);
        assertEquals(0, new Prefetch(job(SINGLE, Limits.NONE)).after(LOCAL, back));
    }
}

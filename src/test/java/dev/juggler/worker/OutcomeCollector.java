package dev.juggler.worker;

import dev.juggler.bus.BusMessage.BatchOutcome;
import dev.juggler.bus.BusMessage.TaskBatch;
import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** A collector of the outcomes that runners report, in order. */
final class OutcomeCollector implements Consumer<BatchOutcome> {
    static final Duration GRACE = Duration.ofMillis(60);
    private final BlockingQueue<BatchOutcome> outcomes = new LinkedBlockingQueue<>();

    @Override
    public void accept(BatchOutcome outcome) {
        outcomes.add(outcome);
    }

    /** Waits for the next outcome and returns it. */
    BatchOutcome next() throws InterruptedException {
        BatchOutcome next = outcomes.poll(60, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no batch completed in 60 s");
        }
        return next;
    }

    /** Returns the number of outcomes not taken. */
    int size() {
        return outcomes.size();
    }

    static TaskBatch batch(long from, long to) {
        return batch(from, to, 0);
    }

    static TaskBatch batch(long from, long to, long budgetNanos) {
        return new TaskBatch(tasks(from, to), 1, 0, budgetNanos);
    }

    static List<Task> tasks(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(index -> new Task(index, new Input.Whole(index)))
                .toList();
    }

    static List<OutcomeState> states(BatchOutcome outcome) {
        return outcome.outcomes().stream().map(Outcome::state).toList();
    }

    static AttemptTimeouts timeout(long timeoutMillis) {
        return new AttemptTimeouts(Optional.of(Duration.ofMillis(timeoutMillis)), GRACE);
    }

    static AttemptTimeouts noTimeout() {
        return new AttemptTimeouts(Optional.empty(), GRACE);
    }

    static Result succeeded() {
        return new Result.Succeeded(new Value.Computed(null));
    }
}

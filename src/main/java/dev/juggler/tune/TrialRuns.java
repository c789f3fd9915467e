package dev.juggler.tune;

import dev.juggler.engine.JobRun;
import dev.juggler.engine.OutcomeHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Measures a job by running it, after one run that counts for nothing. */
public final class TrialRuns implements ConcurrencyMeasurer {
    private static final int WARM_UP = 4;

    private final Subject subject;
    private boolean warm;
    private boolean takesLong;

    /** What is measured. */
    @FunctionalInterface
    public interface Subject {
        /** Starts the job over inputs that do not end. */
        JobRun start(int concurrency, OutcomeHandler results);
    }

    public TrialRuns(Subject subject) {
        this.subject = subject;
    }

    @Override
    public TuningStep measure(int concurrency) throws InterruptedException {
        if (!warm) {
            warm = true;
            run(WARM_UP);
        }
        ThroughputMeasurement measurement = run(concurrency);
        takesLong = measurement.tookLong();
        return measurement.step();
    }

    @Override
    public boolean takesLong() {
        return takesLong;
    }

    private ThroughputMeasurement run(int concurrency) throws InterruptedException {
        CompletableFuture<JobRun> running = new CompletableFuture<>();
        // The first outcomes may come before the run is known here.
        ThroughputMeasurement measurement =
                new ThroughputMeasurement(concurrency, () -> {
                    var _ = running.thenAccept(JobRun::drain);
                });
        JobRun run = subject.start(concurrency, measurement);
        running.complete(run);
        try {
            run.report().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
        return measurement;
    }
}

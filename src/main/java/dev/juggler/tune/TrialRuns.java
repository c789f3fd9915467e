package dev.juggler.tune;

import dev.juggler.engine.Await;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.OutcomeHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Measures a job by running it, after one unmeasured warm-up run. Confined to one thread. */
public final class TrialRuns implements ConcurrencyMeasurer {
    private static final int WARM_UP_CONCURRENCY = 4;
    private final JobStarter starter;
    private boolean warm;
    private boolean takesLong;

    /** Starts the measured job. */
    @FunctionalInterface
    public interface JobStarter {
        /** Starts the job over endless inputs; the measurement drains the run when it suffices. */
        JobRun start(int concurrency, OutcomeHandler results);
    }

    public TrialRuns(JobStarter starter) {
        this.starter = starter;
    }

    @Override
    public TuningStep measure(int concurrency) throws InterruptedException {
        if (!warm) {
            warm = true;
            run(WARM_UP_CONCURRENCY);
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
        // Outcomes may arrive before the starter returns.
        ThroughputMeasurement measurement = new ThroughputMeasurement(concurrency, () -> {
            var _ = running.thenAccept(JobRun::drain);
        });
        JobRun run = starter.start(concurrency, measurement);
        running.complete(run);
        try {
            Await.result(run.report());
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(cause.getMessage(), cause);
        }
        return measurement;
    }
}

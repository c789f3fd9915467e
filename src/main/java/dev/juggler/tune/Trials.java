package dev.juggler.tune;

import dev.juggler.engine.Results;
import dev.juggler.engine.Run;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Measures a job by running it, after one run that counts for nothing. */
public final class Trials implements Measurer {
    private static final int WARM_UP = 4;

    private final Subject subject;
    private boolean warm;
    private boolean takesLong;

    /** What is measured. */
    @FunctionalInterface
    public interface Subject {
        /** Starts the job over inputs that do not end. */
        Run start(int concurrency, Results results);
    }

    public Trials(Subject subject) {
        this.subject = subject;
    }

    @Override
    public Step measure(int concurrency) throws InterruptedException {
        if (!warm) {
            warm = true;
            run(WARM_UP);
        }
        Measurement measurement = run(concurrency);
        takesLong = measurement.tookLong();
        return measurement.step();
    }

    @Override
    public boolean takesLong() {
        return takesLong;
    }

    private Measurement run(int concurrency) throws InterruptedException {
        CompletableFuture<Run> running = new CompletableFuture<>();
        // The first outcomes may come before the run is known here.
        Measurement measurement = new Measurement(concurrency, () -> running.thenAccept(Run::drain));
        Run run = subject.start(concurrency, measurement);
        running.complete(run);
        try {
            run.report().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        }
        return measurement;
    }
}

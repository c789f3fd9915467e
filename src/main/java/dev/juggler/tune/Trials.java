package dev.juggler.tune;

import dev.juggler.engine.Results;
import dev.juggler.engine.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Measures a job by running it: each concurrency several times, after one run that counts for nothing. */
public final class Trials implements Measurer {
    private static final int WARM_UP = 4;

    private final Subject subject;
    private final int repeat;
    private final Consumer<Step> onStep;
    private boolean warm;

    /** What is measured. */
    @FunctionalInterface
    public interface Subject {
        /** Starts the job over inputs that do not end. */
        Run start(int concurrency, Results results);
    }

    /**
     * Trials of a job.
     *
     * @param repeat how often each concurrency is measured; a run that takes long is not repeated
     * @param onStep told of each concurrency that has been measured
     */
    public Trials(Subject subject, int repeat, Consumer<Step> onStep) {
        this.subject = subject;
        this.repeat = repeat;
        this.onStep = onStep;
    }

    @Override
    public Step measure(int concurrency) throws InterruptedException {
        if (!warm) {
            warm = true;
            run(WARM_UP);
        }
        List<Step> runs = new ArrayList<>();
        boolean again = true;
        while (again) {
            Measurement measurement = run(concurrency);
            runs.add(measurement.step());
            again = runs.size() < repeat && !measurement.tookLong();
        }
        Step step = middle(runs);
        onStep.accept(step);
        return step;
    }

    /** The run of median throughput, with the noise of all of them. */
    private static Step middle(List<Step> runs) {
        runs.sort(Comparator.comparingDouble(Step::tasksPerSecond));
        Step median = runs.get(runs.size() / 2);
        double range = runs.getLast().tasksPerSecond() - runs.getFirst().tasksPerSecond();
        double noise = median.tasksPerSecond() == 0 ? 0 : range / 2 / median.tasksPerSecond();
        double failed = runs.stream().mapToDouble(Step::failed).max().orElse(0);
        return new Step(median.concurrency(), median.tasksPerSecond(), noise, median.p50Ms(), median.p95Ms(), failed);
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

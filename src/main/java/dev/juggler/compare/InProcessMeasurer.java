package dev.juggler.compare;

import dev.juggler.engine.Await;
import dev.juggler.engine.Engine;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.PreparedJob;
import dev.juggler.job.Job;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.RunReport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Measures candidates in this JVM, with a new Vert.x instance for each run. */
public final class InProcessMeasurer implements CandidateMeasurer {
    private final JobPreparation preparation;
    private final Function<Job, Vertx> vertxFactory;
    private final Consumer<JobRun> onStart;
    private final boolean alone;

    private InProcessMeasurer(
            JobPreparation preparation, Function<Job, Vertx> vertxFactory, Consumer<JobRun> onStart, boolean alone) {
        this.preparation = preparation;
        this.vertxFactory = vertxFactory;
        this.onStart = onStart;
        this.alone = alone;
    }

    /**
     * A measurer for candidates that share this JVM. Peak memory is that of the heap, because the resident memory stays
     * at that of the largest candidate.
     *
     * @param vertxFactory creates the Vert.x instance for a job
     * @param onStart receives each run as it starts, to be able to stop it
     */
    public static InProcessMeasurer shared(
            JobPreparation preparation, Function<Job, Vertx> vertxFactory, Consumer<JobRun> onStart) {
        return new InProcessMeasurer(preparation, vertxFactory, onStart, false);
    }

    /** A measurer for a candidate that has this JVM to itself. Peak memory is that of the process. */
    public static InProcessMeasurer alone(
            JobPreparation preparation, Function<Job, Vertx> vertxFactory, Consumer<JobRun> onStart) {
        return new InProcessMeasurer(preparation, vertxFactory, onStart, true);
    }

    @Override
    public RunMeasurement measure(Candidate candidate, boolean withTimeline) throws IOException, InterruptedException {
        PreparedJob prepared = preparation.prepare(candidate);
        Vertx vertx = vertxFactory.apply(prepared.job());
        try {
            return measure(vertx, prepared, withTimeline);
        } finally {
            Await.ioResult(vertx.close());
            preparation.cleanUp();
        }
    }

    private RunMeasurement measure(Vertx vertx, PreparedJob prepared, boolean withTimeline)
            throws IOException, InterruptedException {
        Job job = prepared.job();
        RunRecorder recorder = new RunRecorder(job, withTimeline);
        ProcessUsage usage = ProcessUsage.begin();
        JobRun run = new Engine(vertx)
                .job(job)
                .inputs(prepared.source())
                .work(recorder.instrument(prepared.work()))
                .results(recorder)
                .start();
        onStart.accept(run);
        RunReport report = Await.ioResult(run.report());
        double cpuSeconds = usage.cpuSeconds();
        long peakBytes = alone ? ProcessUsage.peakResident() : ProcessUsage.peakHeap();
        return new RunMeasurement(measuredRun(report, cpuSeconds, peakBytes, recorder.digests()), recorder.timeline());
    }

    private static MeasuredRun measuredRun(
            RunReport report, double cpuSeconds, long peakBytes, MeasuredRun.Digests digests) {
        // The start-up of an interrupted run may exceed its total time by a rounding error.
        double seconds = Math.max(0, report.seconds() - report.startSeconds());
        return new MeasuredRun(
                new MeasuredRun.Cost(seconds, report.startSeconds(), cpuSeconds, peakBytes),
                report.ending(),
                report.counts(),
                report.runMs(),
                digests);
    }

    @Override
    public String memory() {
        return alone
                ? "resident memory of the model's own JVM"
                : "heap in use, including garbage; without stacks, buffers outside the heap and child processes";
    }

    @Override
    public void close() {}
}

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

/** Runs contenders in this JVM, each run on a Vert.x of its own. */
public final class InProcessMeasurer implements CandidateMeasurer {
    private final JobPreparation preparation;
    private final Function<Job, Vertx> vertxes;
    private final Consumer<JobRun> begun;
    private final boolean alone;

    private InProcessMeasurer(
            JobPreparation preparation, Function<Job, Vertx> vertxes, Consumer<JobRun> begun, boolean alone) {
        this.preparation = preparation;
        this.vertxes = vertxes;
        this.begun = begun;
        this.alone = alone;
    }

    /**
     * For contenders that share this JVM: the peak of memory is that of the heap, since resident memory is once and for
     * all that of the hungriest.
     *
     * @param vertxes makes the Vert.x of a job
     * @param begun hears of each run that begins, to stop it
     */
    public static InProcessMeasurer shared(
            JobPreparation preparation, Function<Job, Vertx> vertxes, Consumer<JobRun> begun) {
        return new InProcessMeasurer(preparation, vertxes, begun, false);
    }

    /** For a contender that has this JVM to itself: the peak of memory is that of the process. */
    public static InProcessMeasurer alone(
            JobPreparation preparation, Function<Job, Vertx> vertxes, Consumer<JobRun> begun) {
        return new InProcessMeasurer(preparation, vertxes, begun, true);
    }

    @Override
    public RunMeasurement measure(Candidate contender, boolean picture) throws IOException, InterruptedException {
        PreparedJob prepared = preparation.prepare(contender);
        Vertx vertx = vertxes.apply(prepared.job());
        try {
            return measure(vertx, prepared, picture);
        } finally {
            Await.ioResult(vertx.close());
            preparation.clear();
        }
    }

    private RunMeasurement measure(Vertx vertx, PreparedJob prepared, boolean picture)
            throws IOException, InterruptedException {
        Job job = prepared.job();
        RunRecorder recorder = new RunRecorder(job, picture);
        ProcessUsage usage = ProcessUsage.begin();
        JobRun run = new Engine(vertx)
                .job(job)
                .inputs(prepared.source())
                .work(recorder.watched(prepared.work()))
                .results(recorder)
                .start();
        begun.accept(run);
        RunReport report = Await.ioResult(run.report());
        double cpu = usage.cpuSeconds();
        long peak = alone ? ProcessUsage.peakResident() : ProcessUsage.peakHeap();
        return new RunMeasurement(measured(report, cpu, peak, recorder.digest()), recorder.timeline());
    }

    private static MeasuredRun measured(RunReport report, double cpu, long peak, OutcomeDigest digest) {
        return new MeasuredRun(
                // An interrupted run may have spent all of its time, and a rounding more, on its start.
                Math.max(0, report.seconds() - report.startSeconds()),
                report.startSeconds(),
                cpu,
                peak,
                report.ending(),
                report.counts(),
                report.runMs(),
                digest.inputs(),
                digest.outcomes());
    }

    @Override
    public String memory() {
        return alone
                ? "resident memory of the model's own JVM"
                : "heap in use, garbage included; stacks, buffers outside the heap and child processes are not in it";
    }

    @Override
    public void close() {}
}

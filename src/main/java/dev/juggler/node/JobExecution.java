package dev.juggler.node;

import dev.juggler.client.JobStatus;
import dev.juggler.engine.Engine;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.journal.Journal;
import dev.juggler.journal.JournalException;
import dev.juggler.model.WorkerPoolFactory;
import dev.juggler.node.remote.ClusterSharing;
import dev.juggler.report.RunReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that the engine runs, and how far it has come. Its methods may be called from any thread. */
final class JobExecution implements OutcomeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);
    private final Job job;
    private final Long total;
    private final JobRun run;
    private volatile JobStatus.Counts counts;

    private JobExecution(Vertx vertx, JobPlan plan, Journal journal, Optional<ClusterSharing> sharing) {
        this.job = plan.job();
        long done = journal.completed().initialSize();
        this.counts = new JobStatus.Counts(done, 0, 0, 0, 0);
        this.total = plan.inputs().size().isPresent() ? plan.inputs().size().getAsLong() : null;
        this.run = new Engine(vertx)
                .job(job)
                .inputs(plan.inputs())
                .work(plan.work())
                .results(this)
                .journal(journal)
                .workers(sharing.map(ClusterSharing::workers).orElseGet(WorkerPoolFactory::ofModel))
                .start();
    }

    /**
     * Begins a job, or goes on with it where its journal ends. Blocks.
     *
     * @param sharing how other nodes help; empty where none do
     * @throws JournalException when the journal cannot be used
     */
    static JobExecution begin(Vertx vertx, JobPlan plan, Path file, Optional<ClusterSharing> sharing)
            throws JournalException, IOException {
        try {
            Journal journal = Journal.goOn(file, plan.job());
            journal.warning().ifPresent(LOG::warn);
            return new JobExecution(vertx, plan, journal, sharing);
        } catch (JournalException e) {
            plan.work().close();
            plan.inputs().close();
            throw e;
        }
    }

    /** Counts outcomes; called on the one thread that writes them. */
    @Override
    public void accept(List<Outcome> outcomes) {
        JobStatus.Counts now = counts;
        long succeeded = now.succeeded();
        long failed = now.failed();
        long timedOut = now.timedOut();
        long cancelled = now.cancelled();
        for (Outcome outcome : outcomes) {
            if (!job.retry().retries(outcome.attempt(), outcome.result())) {
                switch (outcome.state()) {
                    case SUCCEEDED -> succeeded++;
                    case FAILED -> failed++;
                    case TIMED_OUT -> timedOut++;
                    case CANCELLED -> cancelled++;
                }
            }
        }
        counts = new JobStatus.Counts(succeeded, failed, timedOut, cancelled, now.attempts() + outcomes.size());
    }

    /** What became of its tasks so far. */
    JobStatus.Counts counts() {
        return counts.withHedged(run.hedged());
    }

    /** How many inputs it has, or null where that is not known. */
    Long total() {
        return total;
    }

    /** Completes on a thread of the engine's when nothing of it is left running. */
    Future<RunReport> report() {
        return run.report();
    }

    /** Begins no more tasks. */
    void drain() {
        run.drain();
    }

    /** Ends the tasks that are running too. */
    void cancel() {
        run.cancel();
    }
}

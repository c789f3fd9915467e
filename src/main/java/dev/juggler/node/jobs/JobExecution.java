package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.engine.Engine;
import dev.juggler.engine.JobRun;
import dev.juggler.engine.ModelWorkerPoolFactory;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.journal.Journal;
import dev.juggler.journal.JournalException;
import dev.juggler.node.remote.ClusterSharing;
import dev.juggler.report.RunReport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that the engine runs on this node, and its progress. Thread-safe. */
final class JobExecution implements OutcomeHandler {
    private static final Logger LOG = LoggerFactory.getLogger(JobExecution.class);
    private final Job job;
    private final @Nullable Long total;
    private final JobRun run;
    private volatile JobStatus.Counts counts;
    private volatile boolean abandoned;

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
                .workers(sharing.map(ClusterSharing::workers).orElseGet(ModelWorkerPoolFactory::new))
                .start();
    }

    /**
     * Starts a job, or resumes it where its journal ends. Blocks.
     *
     * @param plan closed when this fails
     * @param file the journal; created when it does not exist
     * @param sharing other nodes that run its tasks too; empty for none
     * @throws JournalException when the journal cannot be used
     */
    static JobExecution start(Vertx vertx, JobPlan plan, Path file, Optional<ClusterSharing> sharing)
            throws JournalException, IOException {
        try {
            Journal journal = Journal.resumeById(file, plan.job());
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
        long succeeded = counts.succeeded();
        long failed = counts.failed();
        long timedOut = counts.timedOut();
        long cancelled = counts.cancelled();
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
        counts = new JobStatus.Counts(succeeded, failed, timedOut, cancelled, counts.attempts() + outcomes.size());
    }

    /** The outcomes so far, those of earlier runs included. */
    JobStatus.Counts counts() {
        return counts.withHedged(run.hedged());
    }

    /** The number of inputs; null when it is unknown. */
    @Nullable
    Long total() {
        return total;
    }

    /** Completes on a thread of the engine's, once nothing of the job runs any more. */
    Future<RunReport> report() {
        return run.report();
    }

    /** Starts no more tasks. */
    void drain() {
        run.drain();
    }

    /** Starts no more tasks and cancels those that run. */
    void cancel() {
        run.cancel();
    }

    /** Cancels a job that another node owns now; its report counts for nothing. */
    void abandon() {
        abandoned = true;
        run.cancel();
    }

    /** Returns whether another node owns the job now. */
    boolean isAbandoned() {
        return abandoned;
    }
}

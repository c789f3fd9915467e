package dev.juggler.node.jobs;

import dev.juggler.cluster.Membership;
import dev.juggler.journal.JournalException;
import dev.juggler.node.remote.ClusterSharing;
import dev.juggler.node.settings.BlockingCalls;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The jobs that run on this node, each with the replication of its journal. Confined to one event loop. */
final class JobExecutions {
    private final Vertx vertx;
    private final BlockingCalls blocking;
    private final Permissions permissions;
    private final JobStore store;
    private final SharedJobs shared;
    private final Membership members;
    private final Map<String, RunningJob> running = new HashMap<>();

    private record RunningJob(JobExecution execution, JournalReplication replication) {}

    JobExecutions(Vertx vertx, Permissions permissions, JobStore store, SharedJobs shared, Membership members) {
        this.vertx = vertx;
        this.blocking = new BlockingCalls(vertx);
        this.permissions = permissions;
        this.store = store;
        this.shared = shared;
        this.members = members;
    }

    /**
     * Starts a job, or resumes it. The job is in {@link #find} from its start until {@link #remove}.
     *
     * @return fails when the job cannot run here: its list is gone, this node no longer permits it, or its journal
     *     cannot be used
     */
    Future<JobExecution> start(StoredJob job) {
        return blocking.callDetached(() -> startBlocking(job))
                .onSuccess(each -> running.put(job.id(), each))
                .map(RunningJob::execution);
    }

    private RunningJob startBlocking(StoredJob job) throws IOException, JournalException {
        markRunning(job);
        // Pieces that an earlier run replicated under this epoch would follow the pieces of this run.
        shared.deleteJournal(job.id(), job.epoch());
        JobPlan plan = JobPlan.of(job, permissions);
        int nodes = plan.nodes(job.request());
        Optional<ClusterSharing> sharing =
                nodes == 1 ? Optional.empty() : Optional.of(new ClusterSharing(members, job.id(), job.epoch(), nodes));
        JobExecution execution = JobExecution.start(vertx, plan, store.journal(job.id()), sharing);
        return new RunningJob(execution, new JournalReplication(shared, job, store.journal(job.id())));
    }

    private void markRunning(StoredJob job) throws JournalException {
        try {
            store.markRunning(job.id());
        } catch (IOException e) {
            throw JournalException.io("cannot write in the folder of job " + job.id() + ": " + e.getMessage(), e);
        }
    }

    Optional<JobExecution> find(String id) {
        return Optional.ofNullable(running.get(id)).map(RunningJob::execution);
    }

    void forEach(BiConsumer<String, JobExecution> action) {
        running.forEach((id, job) -> action.accept(id, job.execution()));
    }

    /**
     * Replicates what the journal of a running job has grown by; does nothing for a job that does not run.
     *
     * @return completes with false when another node owns the job now
     */
    Future<Boolean> replicate(String id) {
        RunningJob job = running.get(id);
        return job == null ? Future.succeededFuture(true) : blocking.call(job.replication()::replicate);
    }

    /** Forgets an execution that is over. */
    void remove(String id) {
        running.remove(id);
    }

    /** Has every execution start no more tasks. */
    void drain() {
        running.values().forEach(job -> job.execution().drain());
    }

    /** Cancels every execution; the jobs can be resumed later. */
    void cancel() {
        running.values().forEach(job -> job.execution().cancel());
    }
}

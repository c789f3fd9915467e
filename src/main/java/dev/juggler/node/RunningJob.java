package dev.juggler.node;

import dev.juggler.cluster.Membership;
import dev.juggler.journal.JournalException;
import dev.juggler.node.remote.ClusterSharing;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Optional;

/** A job that runs, and its journal on its way to the other nodes. */
record RunningJob(JobExecution execution, JournalReplication replication) {

    /** Begins it, or goes on with it. Blocks. */
    static RunningJob begin(
            Vertx vertx,
            NodeSettings settings,
            Permissions permissions,
            StoredJob job,
            JobStore store,
            SharedJobs shared,
            Membership members)
            throws IOException, JournalException {
        begun(job, store);
        // What an earlier run under this epoch had others hold would stand behind what this one gives them.
        shared.release(job.id(), job.epoch());
        JobPlan plan = JobPlan.of(job, permissions, settings.jobs().concurrency());
        int nodes = plan.nodes(job.request());
        Optional<ClusterSharing> sharing =
                nodes == 1 ? Optional.empty() : Optional.of(new ClusterSharing(members, job.id(), job.epoch(), nodes));
        JobExecution execution = JobExecution.begin(vertx, plan, store.journal(job.id()), sharing);
        return new RunningJob(execution, new JournalReplication(shared, job, store.journal(job.id())));
    }

    private static void begun(StoredJob job, JobStore store) throws JournalException {
        try {
            store.begun(job.id());
        } catch (IOException e) {
            throw JournalException.io("cannot write in the folder of job " + job.id() + ": " + e.getMessage(), e);
        }
    }
}

package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job in the registry of this node.
 *
 * @param job the job as it is on disk
 * @param phase the phase of its life
 * @param total the number of its inputs; null while unknown
 * @param counts the outcomes of its tasks, as last reported
 */
record JobEntry(StoredJob job, JobPhase phase, @Nullable Long total, JobStatus.Counts counts) {

    static JobEntry queued(StoredJob job) {
        return new JobEntry(job, new JobPhase.Queued(), null, JobStatus.Counts.NONE);
    }

    /** A job that was found on disk: ended, or else queued. */
    static JobEntry of(JobStore.StoredState found) {
        JobEntry job = queued(found.job());
        return found.end()
                .map(end -> job.with(end.total(), end.end().counts())
                        .with(new JobPhase.Ended(
                                Optional.ofNullable(end.started()).map(Instant::parse),
                                Instant.parse(end.ended()),
                                end.end())))
                .orElse(job);
    }

    String id() {
        return job.id();
    }

    JobEntry with(JobPhase other) {
        return new JobEntry(
                job,
                other,
                total,
                other instanceof JobPhase.Ended ended ? ended.end().counts() : counts);
    }

    JobEntry with(@Nullable Long inputs, JobStatus.Counts others) {
        return new JobEntry(job, phase, inputs, others);
    }

    /** The status that clients see, with {@code owner} as the node that owns the job. */
    JobStatus status(String owner) {
        @Nullable Instant started = null;
        @Nullable Instant ended = null;
        @Nullable JobEnd end = null;
        switch (phase) {
            case JobPhase.Queued() -> {}
            case JobPhase.Running running -> started = running.started();
            case JobPhase.Cancelling cancelling -> started = cancelling.started();
            case JobPhase.Ended over -> {
                started = over.started().orElse(null);
                ended = over.ended();
                end = over.end();
            }
        }
        return new JobStatus(
                id(),
                job.request().key(),
                job.request().work().kind().id(),
                phase.state(),
                end == null ? null : end.ending(),
                end == null ? null : end.error(),
                owner,
                job.epoch(),
                job.submitted(),
                JobStatus.text(started),
                JobStatus.text(ended),
                total,
                counts);
    }
}

package dev.juggler.node;

import dev.juggler.client.JobStatus;
import java.time.Instant;

/**
 * A job of this node and where it is in its life.
 *
 * @param job what lies on disk
 * @param phase where it is
 * @param total its inputs, or null when they are not known
 * @param counts what has become of its tasks, as far as was told
 */
record JobEntry(StoredJob job, JobPhase phase, Long total, JobStatus.Counts counts) {

    static JobEntry queued(StoredJob job) {
        return new JobEntry(job, new JobPhase.Queued(), null, JobStatus.Counts.NONE);
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

    JobEntry with(Long inputs, JobStatus.Counts others) {
        return new JobEntry(job, phase, inputs, others);
    }

    /** What is told of it. */
    JobStatus status(String owner) {
        Instant started = null;
        Instant ended = null;
        JobEnd end = null;
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

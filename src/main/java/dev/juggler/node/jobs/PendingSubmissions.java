package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Jobs that are being written to disk, and so are not in the registry yet. Confined to one thread. */
final class PendingSubmissions {
    private final Map<String, PendingSubmission> pending = new HashMap<>();

    private record PendingSubmission(JobRequest request, Future<JobStatus> status) {}

    /** The reply to the pending job with this id; empty when there is none. */
    Optional<Future<JobStatus>> find(String id) {
        return Optional.ofNullable(pending.get(id)).map(PendingSubmission::status);
    }

    /**
     * The reply to the pending job that this request was submitted as; empty when there is none.
     *
     * @throws RejectedRequestException when the key of the request belongs to another pending job
     */
    Optional<Future<JobStatus>> findSame(JobRequest request) {
        PendingSubmission known = pending.get(StoredJob.id(request.key()));
        if (known != null && !known.request.equals(request)) {
            throw RejectedRequestException.conflict(JobRegistry.KEY_IN_USE);
        }
        return Optional.ofNullable(known).map(PendingSubmission::status);
    }

    /**
     * Adds a job until {@code status} completes.
     *
     * @return completes as {@code status} does, after the job has been removed from here
     */
    Future<JobStatus> add(StoredJob job, Future<JobStatus> status) {
        pending.put(job.id(), new PendingSubmission(job.request(), status));
        return status.andThen(any -> pending.remove(job.id()));
    }

    int count() {
        return pending.size();
    }
}

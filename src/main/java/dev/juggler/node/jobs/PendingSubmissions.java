package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Jobs that are on their way to the disk, and so not in the book yet. Confined to one thread. */
final class PendingSubmissions {
    private final Map<String, PendingSubmission> arrivals = new HashMap<>();

    private record PendingSubmission(JobRequest request, Future<JobStatus> status) {}

    /** The job of this id. */
    Optional<Future<JobStatus>> find(String id) {
        return Optional.ofNullable(arrivals.get(id)).map(PendingSubmission::status);
    }

    /**
     * The job that this request is being accepted as, when it is.
     *
     * @throws RejectedRequestException when its key is another job's
     */
    Optional<Future<JobStatus>> same(JobRequest request) {
        PendingSubmission under = arrivals.get(StoredJob.id(request.key()));
        if (under != null && !under.request.equals(request)) {
            throw RejectedRequestException.conflict(
                    "another job is being submitted under this key: give each job a key of its own");
        }
        return Optional.ofNullable(under).map(PendingSubmission::status);
    }

    /** Adds one until it has arrived, or failed to; what is returned completes when it is out again. */
    Future<JobStatus> add(StoredJob job, Future<JobStatus> status) {
        arrivals.put(job.id(), new PendingSubmission(job.request(), status));
        return status.andThen(any -> arrivals.remove(job.id()));
    }

    int count() {
        return arrivals.size();
    }
}

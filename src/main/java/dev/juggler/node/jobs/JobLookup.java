package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.BlockingCalls;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds jobs wherever they are: those of this node as they are now, those of others as they were told last. */
public record JobLookup(JobService service, SharedJobs shared, BlockingCalls background, String self) {

    /** What this node was told last of a job of any node; fails when there is none. */
    public Future<JobStatus> told(String id) {
        return background.run(() -> shared.find(id).orElseThrow(() -> RejectedRequestException.noJob(id)));
    }

    /** The jobs of all nodes, those submitted last first. */
    public Future<List<JobStatus>> all() {
        return background.run(shared::all).map(others -> {
            Map<String, JobStatus> all = new HashMap<>();
            service.own().forEach(job -> all.put(job.id(), job));
            others.forEach(other -> all.putIfAbsent(other.id(), other));
            return all.values().stream()
                    .sorted(Comparator.comparing(JobStatus::submitted).reversed())
                    .toList();
        });
    }

    /** The node that has this job, which is not here; fails when nobody has it, or this node does not have it yet. */
    public Future<String> elsewhere(String id) {
        return background
                .run(() -> shared.owner(id).orElseThrow(() -> RejectedRequestException.noJob(id)))
                .map(owner -> {
                    if (owner.equals(self)) {
                        throw RejectedRequestException.unavailable(
                                "job '" + id + "' is just coming to this node: ask again");
                    }
                    return owner;
                });
    }
}

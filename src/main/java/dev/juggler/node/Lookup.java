package dev.juggler.node;

import dev.juggler.client.JobStatus;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds jobs wherever they are: those of this node as they are now, those of others as they were told last. */
record Lookup(JobService service, SharedJobs shared, Background background) {

    /** A job of any node; fails when there is none. */
    Future<JobStatus> get(String id) {
        Optional<JobStatus> own = service.find(id);
        return own.isPresent()
                ? Future.succeededFuture(own.get())
                : background.run(() -> shared.find(id).orElseThrow(() -> Refusal.noJob(id)));
    }

    /** The jobs of all nodes, those submitted last first. */
    Future<List<JobStatus>> all() {
        return background.run(shared::all).map(others -> {
            Map<String, JobStatus> all = new HashMap<>();
            service.own().forEach(job -> all.put(job.id(), job));
            others.forEach(other -> all.putIfAbsent(other.id(), other));
            return all.values().stream()
                    .sorted(Comparator.comparing(JobStatus::submitted).reversed())
                    .toList();
        });
    }

    /** The other node that has this job; empty when it is this node's, failed when nobody has it. */
    Future<Optional<String>> elsewhere(String id) {
        return service.find(id).isPresent()
                ? Future.succeededFuture(Optional.empty())
                : background.run(() -> Optional.of(shared.elsewhere(id).orElseThrow(() -> Refusal.noJob(id))));
    }
}

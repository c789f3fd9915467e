package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.RejectedRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of this node in the order of their submission, within bounds. Confined to one thread. */
final class JobRegistry {
    private final NodeSettings.Jobs limits;
    private final Map<String, JobEntry> jobs = new LinkedHashMap<>();

    JobRegistry(NodeSettings.Jobs limits) {
        this.limits = limits;
    }

    Optional<JobEntry> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /** The job of this id; refused when there is none. */
    JobEntry get(String id) {
        return find(id).orElseThrow(() -> RejectedRequestException.noJob(id));
    }

    /**
     * The job that this request was accepted as, when it was.
     *
     * @throws RejectedRequestException when its key is another job's
     */
    Optional<JobEntry> same(JobRequest request) {
        Optional<JobEntry> known = find(StoredJob.id(request.key()));
        if (known.isPresent() && !known.get().job().request().equals(request)) {
            throw RejectedRequestException.conflict(
                    "another job was submitted under this key: give each job a key of its own");
        }
        return known;
    }

    /**
     * Refuses a job when too many wait.
     *
     * @param accepting jobs that are about to be added
     */
    void checkRoom(int accepting) {
        if (count(JobStatus.State.QUEUED) + accepting >= limits.queued()) {
            throw RejectedRequestException.unavailable(
                    "this node has " + limits.queued() + " jobs waiting already: try again later");
        }
    }

    /** Adds a job, or replaces what is known of it. */
    JobEntry put(JobEntry job) {
        jobs.put(job.id(), job);
        return job;
    }

    /** The job that is to begin now, if any. */
    Optional<JobEntry> next() {
        long busy = count(JobStatus.State.RUNNING) + count(JobStatus.State.CANCELLING);
        return busy >= limits.running()
                ? Optional.empty()
                : jobs.values().stream()
                        .filter(job -> job.phase().state() == JobStatus.State.QUEUED)
                        .findFirst();
    }

    private long count(JobStatus.State state) {
        return jobs.values().stream()
                .filter(job -> job.phase().state() == state)
                .count();
    }

    /** Forgets a job. */
    void remove(String id) {
        jobs.remove(id);
    }

    /** All jobs, those submitted last first. */
    List<JobEntry> latest() {
        return new ArrayList<>(jobs.values()).reversed();
    }

    /** Whether a job is here under the epoch that it has there. */
    boolean holds(StoredJob job) {
        return find(job.id()).filter(each -> each.job().epoch() == job.epoch()).isPresent();
    }

    /** Whether none is at work. */
    boolean isIdle() {
        return jobs.values().stream()
                .map(job -> job.phase().state())
                .noneMatch(state -> state == JobStatus.State.RUNNING || state == JobStatus.State.CANCELLING);
    }

    /** The ended jobs that are kept no longer, those that ended first first. */
    List<JobEntry> outdated(Instant now) {
        List<JobEntry> ended = jobs.values().stream()
                .filter(job -> job.phase() instanceof JobPhase.Ended)
                .sorted(java.util.Comparator.comparing(JobRegistry::endOf))
                .toList();
        Instant oldest = now.minus(limits.keepFor());
        int tooMany = Math.max(0, ended.size() - limits.keepEnded());
        List<JobEntry> outdated = new ArrayList<>(ended.subList(0, tooMany));
        ended.subList(tooMany, ended.size()).stream()
                .takeWhile(job -> endOf(job).isBefore(oldest))
                .forEach(outdated::add);
        return outdated;
    }

    private static Instant endOf(JobEntry job) {
        return ((JobPhase.Ended) job.phase()).ended();
    }
}

package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.RejectedRequestException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The jobs of this node in memory, in the order of their submission, within bounds. Confined to one thread. */
final class JobRegistry {
    static final String KEY_IN_USE = "this key belongs to another job; give each job a key of its own";

    private final NodeSettings.Jobs limits;
    private final Map<String, JobEntry> jobs = new LinkedHashMap<>();

    JobRegistry(NodeSettings.Jobs limits) {
        this.limits = limits;
    }

    Optional<JobEntry> find(String id) {
        return Optional.ofNullable(jobs.get(id));
    }

    /**
     * The job with this id.
     *
     * @throws RejectedRequestException when there is none
     */
    JobEntry get(String id) {
        return find(id).orElseThrow(() -> RejectedRequestException.noJob(id));
    }

    /**
     * The job that this request was accepted as; empty when it is new.
     *
     * @throws RejectedRequestException when the key of the request belongs to another job
     */
    Optional<JobEntry> findSame(JobRequest request) {
        Optional<JobEntry> known = find(StoredJob.id(request.key()));
        if (known.isPresent() && !known.get().job().request().equals(request)) {
            throw RejectedRequestException.conflict(KEY_IN_USE);
        }
        return known;
    }

    /**
     * Rejects a job when the queue is full.
     *
     * @param pending jobs that are about to be added
     * @throws RejectedRequestException when too many jobs wait
     */
    void checkCapacity(int pending) {
        if (count(JobStatus.State.QUEUED) + pending >= limits.queued()) {
            throw RejectedRequestException.unavailable(
                    "the queue of this node is full: " + limits.queued() + " jobs wait; try again later");
        }
    }

    /** Adds a job, or replaces what is known of it. */
    JobEntry put(JobEntry job) {
        jobs.put(job.id(), job);
        return job;
    }

    /** The job to start now; empty when none waits, or enough run. */
    Optional<JobEntry> next() {
        long active = count(JobStatus.State.RUNNING) + count(JobStatus.State.CANCELLING);
        return active >= limits.running()
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

    void remove(String id) {
        jobs.remove(id);
    }

    List<JobEntry> newestFirst() {
        return new ArrayList<>(jobs.values()).reversed();
    }

    /** Returns whether a job is here under the same epoch. */
    boolean holds(StoredJob job) {
        return find(job.id()).filter(each -> each.job().epoch() == job.epoch()).isPresent();
    }

    /** Returns whether no job is running or being cancelled. */
    boolean isIdle() {
        return jobs.values().stream()
                .map(job -> job.phase().state())
                .noneMatch(state -> state == JobStatus.State.RUNNING || state == JobStatus.State.CANCELLING);
    }

    /** The ended jobs that are not to be kept any longer, in the order of their ends. */
    List<JobEntry> outdated(Instant now) {
        List<JobEntry> ended = jobs.values().stream()
                .filter(job -> job.phase() instanceof JobPhase.Ended)
                .sorted(Comparator.comparing(JobRegistry::endOf))
                .toList();
        Instant oldest = now.minus(limits.keepFor());
        int excess = Math.max(0, ended.size() - limits.keepEnded());
        List<JobEntry> outdated = new ArrayList<>(ended.subList(0, excess));
        ended.subList(excess, ended.size()).stream()
                .takeWhile(job -> endOf(job).isBefore(oldest))
                .forEach(outdated::add);
        return outdated;
    }

    private static Instant endOf(JobEntry job) {
        return ((JobPhase.Ended) job.phase()).ended();
    }
}

package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.journal.JournalPager;
import dev.juggler.node.settings.RejectedRequestException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that this node owns, kept consistent between its disk and what the nodes share. A node comes to own a job
 * that is submitted to it, that it finds on its disk at the start, or whose owner is dead. Its methods block.
 */
final class JobOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(JobOwnership.class);

    /** Far below the size that a message may have. */
    private static final int PAGE_BYTES = 1 << 20;

    private final JobStore store;
    private final SharedJobs shared;
    private final Consumer<StoredJob> check;
    private final JobTakeover takeover;
    private boolean recalled;

    /**
     * The ownership of one node.
     *
     * @param check throws a {@link RejectedRequestException} for a job that this node cannot or must not run
     */
    JobOwnership(JobStore store, SharedJobs shared, Consumer<StoredJob> check) {
        this.store = store;
        this.shared = shared;
        this.check = check;
        this.takeover = new JobTakeover(store, shared, check);
    }

    /**
     * Accepts a new job; it is on disk when this returns.
     *
     * @param queued the status that other nodes see
     * @return the status of the job at the node that has it already; empty when it is new and this node owns it now
     * @throws RejectedRequestException when it is wrong, not permitted, or cannot be stored
     */
    Optional<JobStatus> accept(StoredJob job, JobStatus queued) {
        check.accept(job);
        Optional<JobStatus> known = shared.claim(job);
        if (known.isPresent()) {
            return known;
        }
        try {
            store.create(job);
            shared.publish(job, queued);
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("cannot store job {}", job.id(), e);
            shared.remove(job);
            throw cannotStore(e);
        } catch (RuntimeException e) {
            // The sender gets a rejection, so a retry under the same key must be accepted.
            takeover.disownLater(job);
            throw e;
        }
    }

    private static RejectedRequestException cannotStore(IOException cause) {
        return RejectedRequestException.unavailable("this node cannot store jobs now: " + cause.getMessage());
    }

    /**
     * The changes that a sweep found.
     *
     * @param lost jobs that this node no longer owns
     * @param gained jobs that it owns now
     */
    record Swept(List<StoredJob> lost, List<JobStore.StoredState> gained) {}

    /**
     * Compares what this node has with who owns what.
     *
     * @param mine the jobs that this node takes for its own; those that the other nodes no longer know are published
     *     again
     * @param node this node
     * @param limit the jobs of dead nodes to take over, at most, so that other nodes get some too
     */
    Swept sweep(List<JobEntry> mine, String node, int limit) throws IOException {
        List<StoredJob> lost = new ArrayList<>();
        for (JobEntry job : mine) {
            if (!shared.owns(job.job())) {
                lost.add(job.job());
            } else if (shared.find(job.id()).isEmpty()) {
                shared.publish(job.job(), job.status(node));
            }
        }
        return new Swept(lost, gain(limit));
    }

    /** Takes the jobs on this node's disk, once, and then those of dead nodes. */
    private List<JobStore.StoredState> gain(int limit) throws IOException {
        takeover.disownPending();
        List<JobStore.StoredState> gained = new ArrayList<>();
        if (!recalled) {
            gained.addAll(recall());
            recalled = true;
        }
        gained.addAll(takeover.takeOver(limit));
        return gained;
    }

    private List<JobStore.StoredState> recall() throws IOException {
        List<JobStore.StoredState> mine = new ArrayList<>();
        for (JobStore.StoredState found : store.all()) {
            Optional<StoredJob> reclaimed = shared.reclaim(found.job());
            if (reclaimed.isPresent()) {
                mine.add(recall(reclaimed.get(), found.end()));
            } else {
                LOG.info("job {} belongs to another node now", found.job().id());
                store.delete(found.job().id());
            }
        }
        mine.sort(Comparator.comparing(found -> found.job().submitted()));
        return mine;
    }

    private JobStore.StoredState recall(StoredJob mine, Optional<JobStore.StoredEnd> end) throws IOException {
        try {
            if (end.isPresent() || !store.wasRunning(mine.id())) {
                store.update(mine);
                return new JobStore.StoredState(mine, end);
            }
            StoredJob survivor = mine.afterDeath();
            store.update(survivor);
            store.unmarkRunning(mine.id());
            return new JobStore.StoredState(survivor, store.endIfPoison(survivor, JobStatus.Counts.NONE));
        } catch (IOException e) {
            // Otherwise the next sweep would find the job under a later epoch at a node that is alive: this one.
            takeover.disownLater(mine);
            throw e;
        }
    }

    /**
     * Replicates the journals of ended jobs that no other node holds a replica of, because all nodes were down for
     * instance. Without a replica, the rows of such a job would be lost with this node.
     */
    void replicateEnded(List<StoredJob> ended) throws IOException {
        for (StoredJob job : ended) {
            if (!shared.hasJournal(job.id(), job.epoch())) {
                new JournalReplication(shared, job, store.journal(job.id())).replicate();
            }
        }
    }

    /**
     * Undoes the end of a job.
     *
     * @return the job under its new epoch
     * @throws RejectedRequestException when it cannot be stored, or another node is taking it over
     */
    StoredJob requeue(StoredJob ended) {
        StoredJob again = ended.withEpoch(ended.epoch() + 1).withoutDeaths();
        try {
            // The disk first: if that fails, this node still owns the job under its old epoch.
            store.update(again);
            store.reopen(again.id());
        } catch (IOException e) {
            LOG.error("cannot requeue job {}", ended.id(), e);
            throw cannotStore(e);
        }
        return shared.reclaim(ended)
                .map(mine -> again.withEpoch(mine.epoch()))
                .orElseThrow(() -> RejectedRequestException.unavailable(
                        "job " + ended.id() + " is being taken over by another node; try again"));
    }

    /** Notes that a job stopped here without an end, so that a restart does not count as a death. */
    void handBack(StoredJob job) throws IOException {
        store.unmarkRunning(job.id());
    }

    /**
     * Puts the end of a job on disk.
     *
     * @throws RejectedRequestException when that fails; the next start of this node then resumes the job
     */
    void end(JobEntry ended) {
        try {
            store.end(ended.id(), JobStore.StoredEnd.of((JobPhase.Ended) ended.phase(), ended.total()));
        } catch (IOException e) {
            LOG.error("cannot store the end of job {}", ended.id(), e);
            throw RejectedRequestException.unavailable("this node cannot store the end of job " + ended.id() + " now");
        }
    }

    /** Reads a page of the rows of a job of this node. */
    JournalPager.Page page(StoredJob job, long position, int limit) throws IOException {
        try {
            return JournalPager.read(store.journal(job.id()), position, limit, PAGE_BYTES);
        } catch (IllegalArgumentException e) {
            throw RejectedRequestException.bad(String.valueOf(e.getMessage()));
        }
    }

    /** Removes from this disk a job that another node owns now. */
    void drop(StoredJob job) throws IOException {
        store.delete(job.id());
    }

    /** Removes a job from this disk and from what the nodes share. */
    void remove(StoredJob job) throws IOException {
        shared.remove(job);
        store.delete(job.id());
    }
}

package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.journal.JournalPager;
import dev.juggler.node.settings.Permissions;
import dev.juggler.node.settings.RejectedRequestException;
import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which jobs are this node's: on its disk, and in the eyes of the other nodes. A job becomes this node's when it is
 * submitted here, when it is found on disk at the start, or when its owner is dead. Its methods block.
 */
final class JobOwnership {
    private static final Logger LOG = LoggerFactory.getLogger(JobOwnership.class);

    /** A page stays far below what a message may hold. */
    private static final int PAGE_BYTES = 1 << 20;

    private final JobStore store;
    private final SharedJobs shared;
    private final Permissions permissions;
    private final int mostConcurrent;
    private final JobTakeover takeover;
    private boolean recalled;

    JobOwnership(JobStore store, SharedJobs shared, Permissions permissions, int mostConcurrent) {
        this.store = store;
        this.shared = shared;
        this.permissions = permissions;
        this.mostConcurrent = mostConcurrent;
        this.takeover = new JobTakeover(store, shared, this::check);
    }

    /**
     * Takes a new job: when this returns it is on disk.
     *
     * @return where it stands at the node that has it already; empty when it is new and now this node's
     * @throws RejectedRequestException when it is wrong, not allowed, or cannot be stored
     */
    Optional<JobStatus> accept(StoredJob job, JobStatus queued) {
        check(job);
        Optional<JobStatus> known = shared.claim(job);
        if (known.isPresent()) {
            return known;
        }
        try {
            store.create(job);
            shared.publish(job, queued);
            return Optional.empty();
        } catch (IOException e) {
            LOG.error("job {} cannot be stored", job.id(), e);
            shared.forget(job);
            throw RejectedRequestException.unavailable("this node cannot store jobs now: " + e.getMessage());
        } catch (RuntimeException e) {
            // Its sender hears that it was not accepted; under the same key it is to be.
            takeover.owe(job);
            throw e;
        }
    }

    private void check(StoredJob job) {
        try {
            JobPlan.check(job, permissions, mostConcurrent);
        } catch (IOException | IllegalArgumentException | InvalidWorkException e) {
            throw RejectedRequestException.bad(e.getMessage());
        }
    }

    /** Jobs that are this node's no more, and those that have become it. */
    record Swept(List<StoredJob> gone, List<JobStore.Found> gathered) {}

    /**
     * Looks at who has what.
     *
     * @param mine the jobs that this node takes for its own; what others have lost of them is shared again
     * @param node this node
     * @param most how many are taken over, so that other nodes get some too
     */
    Swept sweep(List<JobEntry> mine, String node, int most) throws IOException {
        List<StoredJob> gone = new ArrayList<>();
        for (JobEntry job : mine) {
            if (!shared.owns(job.job())) {
                gone.add(job.job());
            } else if (shared.find(job.id()).isEmpty()) {
                shared.publish(job.job(), job.status(node));
            }
        }
        return new Swept(gone, gather(most));
    }

    /** At first those on its disk, then those of dead nodes. */
    private List<JobStore.Found> gather(int most) throws IOException {
        takeover.settle();
        List<JobStore.Found> gathered = new ArrayList<>();
        if (!recalled) {
            gathered.addAll(recall());
            recalled = true;
        }
        gathered.addAll(takeover.some(most));
        return gathered;
    }

    private List<JobStore.Found> recall() throws IOException {
        List<JobStore.Found> recalled = new ArrayList<>();
        for (JobStore.Found found : store.all()) {
            Optional<StoredJob> mine = shared.reclaim(found.job());
            if (mine.isPresent()) {
                recalled.add(recall(mine.get(), found.end()));
            } else {
                LOG.info("job {} is another node's now", found.job().id());
                store.delete(found.job().id());
            }
        }
        recalled.sort(Comparator.comparing(found -> found.job().submitted()));
        return recalled;
    }

    private JobStore.Found recall(StoredJob mine, Optional<JobStore.End> end) throws IOException {
        try {
            if (end.isPresent() || !store.wasRunning(mine.id())) {
                store.update(mine);
                return new JobStore.Found(mine, end);
            }
            StoredJob survivor = mine.afterDeath();
            store.update(survivor);
            store.rests(mine.id());
            return new JobStore.Found(survivor, store.endIfPoison(survivor, JobStatus.Counts.NONE));
        } catch (IOException e) {
            // The next look shall not find it further at a node that is alive, this one.
            takeover.owe(mine);
            throw e;
        }
    }

    /** Undoes the end of a job, under a new epoch. */
    StoredJob requeue(StoredJob ended) {
        StoredJob again = ended.withEpoch(ended.epoch() + 1).cleared();
        try {
            // The disk first: when it takes nothing, the job is still this node's under the epoch that it had.
            store.update(again);
            store.reopen(again.id());
        } catch (IOException e) {
            LOG.error("job {} cannot be put back into the queue", ended.id(), e);
            throw RejectedRequestException.unavailable("this node cannot store jobs now: " + e.getMessage());
        }
        return shared.reclaim(ended)
                .map(mine -> again.withEpoch(mine.epoch()))
                .orElseThrow(() -> RejectedRequestException.unavailable(
                        "job " + ended.id() + " is just being taken over: ask again"));
    }

    /** Notes that a job that was begun here runs no more, and has not ended. */
    StoredJob handBack(StoredJob job) throws IOException {
        store.rests(job.id());
        return job;
    }

    /** Puts the end of a job on disk; refused when that fails, and then the next start of this node goes on with it. */
    JobEntry end(JobEntry ended) {
        try {
            store.end(ended.id(), JobStore.End.of((JobPhase.Ended) ended.phase(), ended.total()));
            return ended;
        } catch (IOException e) {
            LOG.error("the end of job {} cannot be stored", ended.id(), e);
            throw RejectedRequestException.unavailable("the end of job " + ended.id() + " cannot be stored now");
        }
    }

    /** A page of the rows of a job of this node's. */
    JournalPager.Page page(StoredJob job, long position, int limit) throws IOException {
        try {
            return JournalPager.read(store.journal(job.id()), position, limit, PAGE_BYTES);
        } catch (IllegalArgumentException e) {
            throw RejectedRequestException.bad(e.getMessage());
        }
    }

    /** Removes a job that is another node's now. */
    void drop(StoredJob job) throws IOException {
        store.delete(job.id());
    }

    /** Removes a job for good. */
    void forget(StoredJob job) throws IOException {
        shared.forget(job);
        store.delete(job.id());
    }

    /** The phase of a job that was found. */
    static JobEntry booked(JobStore.Found found) {
        JobEntry job = JobEntry.queued(found.job());
        return found.end()
                .map(end -> job.with(end.total(), end.end().counts())
                        .with(new JobPhase.Ended(
                                Optional.ofNullable(end.started()).map(Instant::parse),
                                Instant.parse(end.ended()),
                                end.end())))
                .orElse(job);
    }
}

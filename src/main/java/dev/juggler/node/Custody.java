package dev.juggler.node;

import dev.juggler.client.JobStatus;
import dev.juggler.journal.JournalPages;
import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which jobs are this node's: on its disk, and in the eyes of the other nodes. A job becomes this node's when it is
 * submitted here, when it is found on disk at the start, or when its owner is dead. Its methods block.
 */
final class Custody {
    private static final Logger LOG = LoggerFactory.getLogger(Custody.class);

    /** A page stays far below what a message may hold. */
    private static final int PAGE_BYTES = 1 << 20;

    private final JobStore store;
    private final SharedJobs shared;
    private final Permissions permissions;
    private final int mostConcurrent;
    private boolean recalled;

    Custody(JobStore store, SharedJobs shared, Permissions permissions, int mostConcurrent) {
        this.store = store;
        this.shared = shared;
        this.permissions = permissions;
        this.mostConcurrent = mostConcurrent;
    }

    /**
     * Takes a new job: when this returns it is on disk.
     *
     * @return where it stands at the node that has it already; empty when it is new and now this node's
     * @throws Refusal when it is wrong, not allowed, or cannot be stored
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
            throw Refusal.unavailable("this node cannot store jobs now: " + e.getMessage());
        }
    }

    private void check(StoredJob job) {
        try {
            JobPlan.check(job, permissions, mostConcurrent);
        } catch (IOException | IllegalArgumentException | InvalidWorkException e) {
            throw Refusal.bad(e.getMessage());
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
    Swept sweep(List<BookedJob> mine, String node, int most) throws IOException {
        List<StoredJob> gone = new ArrayList<>();
        for (BookedJob job : mine) {
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
        List<JobStore.Found> gathered = new ArrayList<>();
        if (!recalled) {
            gathered.addAll(recall());
            recalled = true;
        }
        List<String> orphans = new ArrayList<>(shared.orphans());
        Collections.shuffle(orphans);
        for (String id : orphans.subList(0, Math.min(most, orphans.size()))) {
            Optional<SharedJobs.Orphan> orphan = shared.adopt(id);
            if (orphan.isPresent()) {
                gathered.add(takeOver(orphan.get()));
            }
        }
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
        if (end.isPresent() || !store.wasRunning(mine.id())) {
            store.update(mine);
            return new JobStore.Found(mine, end);
        }
        StoredJob survivor = mine.afterDeath();
        store.update(survivor);
        store.rests(mine.id());
        return new JobStore.Found(survivor, setAside(survivor, JobStatus.Counts.NONE));
    }

    /** The end of a job that nodes die with; empty for others. */
    private Optional<JobStore.End> setAside(StoredJob job, JobStatus.Counts counts) throws IOException {
        if (!job.isPoison()) {
            return Optional.empty();
        }
        JobStore.End end = new JobStore.End(null, Instant.now().toString(), JobEnd.poison(job.deaths(), counts));
        store.end(job.id(), end);
        LOG.error("job {} is set aside: {}", job.id(), end.end().error());
        return Optional.of(end);
    }

    /** Puts on this node's disk what the others hold of a dead node's job. */
    private JobStore.Found takeOver(SharedJobs.Orphan orphan) throws IOException {
        boolean ran = orphan.last().state() == JobStatus.State.RUNNING;
        StoredJob job = ran ? orphan.job().afterDeath() : orphan.job();
        LOG.warn(
                "job {} is taken over from node {}, which is gone",
                job.id(),
                orphan.last().owner());
        store.create(job);
        try (OutputStream journal = Files.newOutputStream(store.journal(job.id()))) {
            // Each owner has the others hold its whole journal under its own epoch.
            shared.copyJournal(job.id(), orphan.last().epoch(), journal);
        }
        Optional<JobStore.End> end = end(orphan.last());
        if (end.isPresent()) {
            store.end(job.id(), end.get());
            return new JobStore.Found(job, end);
        }
        return new JobStore.Found(job, setAside(job, orphan.last().counts()));
    }

    /** Undoes the end of a job, under a new epoch. */
    StoredJob requeue(StoredJob ended) throws IOException {
        StoredJob again = shared.reclaim(ended)
                .orElseThrow(() -> Refusal.unavailable("job " + ended.id() + " is just being taken over: ask again"))
                .cleared();
        store.update(again);
        store.reopen(again.id());
        return again;
    }

    /** Notes that a job that was begun here runs no more, and has not ended. */
    StoredJob handBack(StoredJob job) throws IOException {
        store.rests(job.id());
        return job;
    }

    /** Puts the end of a job on disk; refused when that fails, and then the next start of this node goes on with it. */
    BookedJob end(BookedJob ended) {
        try {
            store.end(ended.id(), JobStore.End.of((JobPhase.Ended) ended.phase()));
            return ended;
        } catch (IOException e) {
            LOG.error("the end of job {} cannot be stored", ended.id(), e);
            throw Refusal.unavailable("the end of job " + ended.id() + " cannot be stored now");
        }
    }

    private static Optional<JobStore.End> end(JobStatus last) {
        return last.hasEnded()
                ? Optional.of(new JobStore.End(
                        last.started(), last.ended(), new JobEnd(last.ending(), last.error(), last.counts())))
                : Optional.empty();
    }

    /** A page of the rows of a job of this node's. */
    JournalPages.Page page(StoredJob job, long position, int limit) throws IOException {
        try {
            return JournalPages.read(store.journal(job.id()), position, limit, PAGE_BYTES);
        } catch (IllegalArgumentException e) {
            throw Refusal.bad(e.getMessage());
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
    static BookedJob booked(JobStore.Found found) {
        BookedJob job = BookedJob.queued(found.job());
        return found.end()
                .map(end -> job.with(new JobPhase.Ended(
                        Optional.ofNullable(end.started()).map(Instant::parse), Instant.parse(end.ended()), end.end())))
                .orElse(job);
    }
}

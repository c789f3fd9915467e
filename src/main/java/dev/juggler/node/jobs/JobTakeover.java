package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.RejectedRequestException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes over the jobs of dead nodes that this node may run and can put on its disk. A job that it cannot store it
 * disowns, so that another node gets it. Blocks; used by one thread at a time, except where noted.
 */
final class JobTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(JobTakeover.class);

    private final JobStore store;
    private final SharedJobs shared;
    private final Consumer<StoredJob> check;
    private final Map<String, StoredJob> toDisown = new ConcurrentHashMap<>();
    private final Set<String> rejected = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /** A takeover for jobs that pass {@code check}, which throws a {@link RejectedRequestException} for the others. */
    JobTakeover(JobStore store, SharedJobs shared, Consumer<StoredJob> check) {
        this.store = store;
        this.shared = shared;
        this.check = check;
    }

    /** Notes a job that this node owns but does not have on disk. Thread-safe. */
    void disownLater(StoredJob job) {
        toDisown.put(job.id(), job);
    }

    /** Disowns the noted jobs; those that fail in the minority stay noted. */
    void disownPending() {
        for (StoredJob job : List.copyOf(toDisown.values())) {
            shared.disown(job);
            toDisown.remove(job.id());
        }
    }

    /** Takes over at most {@code limit} jobs, in random order; each is on this node's disk when this returns. */
    List<JobStore.StoredState> takeOver(int limit) {
        List<String> orphans = new ArrayList<>(shared.orphans());
        rejected.retainAll(orphans);
        failed.retainAll(orphans);
        Collections.shuffle(orphans);
        List<JobStore.StoredState> taken = new ArrayList<>();
        for (String id : orphans) {
            if (taken.size() < limit && !rejected.contains(id)) {
                shared.adopt(id, this::isWanted).flatMap(this::keep).ifPresent(taken::add);
            }
        }
        return taken;
    }

    private boolean isWanted(SharedJobs.Orphan orphan) {
        try {
            if (!orphan.last().hasEnded()) {
                check.accept(orphan.job());
            }
            return true;
        } catch (RejectedRequestException rejection) {
            rejected.add(orphan.job().id());
            LOG.warn(
                    "job {} of dead node {} is left to other nodes: {}",
                    orphan.job().id(),
                    orphan.last().owner(),
                    rejection.getMessage());
            return false;
        }
    }

    private Optional<JobStore.StoredState> keep(SharedJobs.Orphan orphan) {
        disownLater(orphan.job());
        try {
            JobStore.StoredState stored = store(orphan);
            toDisown.remove(orphan.job().id());
            LOG.warn(
                    "job {} was taken over from dead node {}",
                    orphan.job().id(),
                    orphan.last().owner());
            return Optional.of(stored);
        } catch (IOException e) {
            deleteAfter(e, orphan.job());
            disownPending();
            // Every sweep tries again; the log tells of the first failure.
            if (failed.add(orphan.job().id())) {
                LOG.error("cannot take over job {}", orphan.job().id(), e);
            }
            return Optional.empty();
        }
    }

    private void deleteAfter(IOException failure, StoredJob job) {
        try {
            store.delete(job.id());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Puts the job and its replicated journal on this node's disk. */
    private JobStore.StoredState store(SharedJobs.Orphan orphan) throws IOException {
        boolean ran = orphan.last().state() == JobStatus.State.RUNNING;
        StoredJob job = ran ? orphan.job().afterDeath() : orphan.job();
        store.create(job);
        try (OutputStream journal = Files.newOutputStream(store.journal(job.id()))) {
            shared.copyJournal(job.id(), orphan.last().epoch(), journal);
        }
        Optional<JobStore.StoredEnd> end = end(orphan.last());
        if (end.isPresent()) {
            store.end(job.id(), end.get());
            return new JobStore.StoredState(job, end);
        }
        return new JobStore.StoredState(
                job, store.endIfPoison(job, orphan.last().counts()));
    }

    private static Optional<JobStore.StoredEnd> end(JobStatus last) {
        String ended = last.ended();
        String ending = last.ending();
        // The status of an ended job has both.
        return !last.hasEnded() || ended == null || ending == null
                ? Optional.empty()
                : Optional.of(new JobStore.StoredEnd(
                        last.started(), ended, new JobEnd(ending, last.error(), last.counts()), last.total()));
    }
}

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
 * Takes over the jobs of dead nodes, as far as this one may do them and can put them on its disk; what it cannot keep it
 * does not own, so that another node gets it. Blocks; used by one thread at a time.
 */
final class JobTakeover {
    private static final Logger LOG = LoggerFactory.getLogger(JobTakeover.class);

    private final JobStore store;
    private final SharedJobs shared;
    private final Consumer<StoredJob> check;
    private final Map<String, StoredJob> owed = new ConcurrentHashMap<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> failed = new HashSet<>();

    /** A job is one for this node unless {@code check} throws a {@link RejectedRequestException}. */
    JobTakeover(JobStore store, SharedJobs shared, Consumer<StoredJob> check) {
        this.store = store;
        this.shared = shared;
        this.check = check;
    }

    /** Notes that this node owns a job that it does not have. Called from any thread. */
    void owe(StoredJob job) {
        owed.put(job.id(), job);
    }

    /** Lets go of such jobs; in the minority that has to wait. */
    void settle() {
        for (StoredJob job : List.copyOf(owed.values())) {
            shared.disown(job);
            owed.remove(job.id());
        }
    }

    /** Takes over so many at most. */
    List<JobStore.Found> some(int most) {
        List<String> orphans = new ArrayList<>(shared.orphans());
        refused.retainAll(orphans);
        failed.retainAll(orphans);
        Collections.shuffle(orphans);
        List<JobStore.Found> taken = new ArrayList<>();
        for (String id : orphans) {
            if (taken.size() < most && !refused.contains(id)) {
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
        } catch (RejectedRequestException refusal) {
            refused.add(orphan.job().id());
            LOG.warn(
                    "job {} of node {}, which is gone, is left to others: {}",
                    orphan.job().id(),
                    orphan.last().owner(),
                    refusal.getMessage());
            return false;
        }
    }

    private Optional<JobStore.Found> keep(SharedJobs.Orphan orphan) {
        owe(orphan.job());
        try {
            JobStore.Found found = store(orphan);
            owed.remove(orphan.job().id());
            LOG.warn(
                    "job {} is taken over from node {}, which is gone",
                    orphan.job().id(),
                    orphan.last().owner());
            return Optional.of(found);
        } catch (IOException e) {
            remove(orphan.job(), e);
            settle();
            // It is tried again and again, and told once.
            if (failed.add(orphan.job().id())) {
                LOG.error("job {} cannot be taken over", orphan.job().id(), e);
            }
            return Optional.empty();
        }
    }

    private void remove(StoredJob job, IOException failure) {
        try {
            store.delete(job.id());
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Puts on this node's disk what the others hold of it. */
    private JobStore.Found store(SharedJobs.Orphan orphan) throws IOException {
        boolean ran = orphan.last().state() == JobStatus.State.RUNNING;
        StoredJob job = ran ? orphan.job().afterDeath() : orphan.job();
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
        return new JobStore.Found(job, store.endIfPoison(job, orphan.last().counts()));
    }

    private static Optional<JobStore.End> end(JobStatus last) {
        return last.hasEnded()
                ? Optional.of(new JobStore.End(
                        last.started(),
                        last.ended(),
                        new JobEnd(last.ending(), last.error(), last.counts()),
                        last.total()))
                : Optional.empty();
    }
}

package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The knowledge about jobs that all nodes share: owners and epochs, status, and replicas of the journals.
 *
 * <p>Its methods block, are thread-safe, and throw a {@link dev.juggler.node.settings.RejectedRequestException} with
 * 503 while this node is in the minority.
 */
public interface SharedJobs {

    /**
     * Makes this node the owner of a new job.
     *
     * @return the status of the job when it is not new: some node, perhaps this one, owns it; empty when it is
     * @throws dev.juggler.node.settings.RejectedRequestException with 409 when its key belongs to another job
     */
    Optional<JobStatus> claim(StoredJob job);

    /** Publishes a job of this node and its status. */
    void publish(StoredJob job, JobStatus status);

    /** The published status of a job of any node; empty when there is no such job. */
    Optional<JobStatus> find(String id);

    /** The published status of every job. */
    List<JobStatus> all();

    /** The job that {@code owner} owns under this epoch; empty when it does not, or does not any more. */
    Optional<StoredJob> findOwned(String owner, int epoch, String id);

    /** The node that owns a job; empty when none does. */
    Optional<String> owner(String id);

    /**
     * Makes this node the owner of a job that it has on its disk.
     *
     * @return the job under its new epoch; empty when a node that is alive owns it under a later epoch
     */
    Optional<StoredJob> reclaim(StoredJob found);

    /** The ids of the jobs whose owner is dead. */
    List<String> orphans();

    /**
     * Makes this node the owner of a job whose owner is dead.
     *
     * @param wanted tells whether this node wants the job
     * @return the job under its new epoch, with its last status; empty when it is not wanted, or another node was
     *     quicker
     */
    Optional<Orphan> adopt(String id, Predicate<Orphan> wanted);

    /** Ends this node's ownership of a job that it could not store; any node, this one included, may adopt it then. */
    void disown(StoredJob job);

    /** A job whose owner died, and the last status that the owner published. */
    record Orphan(StoredJob job, JobStatus last) {}

    /**
     * Writes the replica of a journal to {@code out}: the one under this epoch or else under the latest earlier one,
     * which is a prefix of it. An ended job that is taken over or recalled keeps the replica of its earlier epoch.
     * Writes nothing when there is none.
     */
    void copyJournal(String id, int epoch, OutputStream out) throws IOException;

    /** Returns whether there is a replica of a journal under this epoch or an earlier one. */
    boolean hasJournal(String id, int epoch);

    /**
     * Replicates a piece of a job's journal, for a node that takes the job over.
     *
     * @param piece the index of the piece, from 0
     */
    void storeJournal(StoredJob job, int piece, byte[] rows);

    /** Deletes the replica of a journal under this epoch only. */
    void deleteJournal(String id, int epoch);

    /** Deletes the replicas of a journal under all earlier epochs. */
    void deleteEarlierJournals(String id, int epoch);

    /**
     * Returns whether this node owns the job under its epoch. Takes a job that no node owns; false when another does.
     */
    boolean owns(StoredJob job);

    /** Removes a job of this node with everything that is shared of it. */
    void remove(StoredJob job);

    /** The shared jobs of a node without a cluster: no other node knows anything. */
    SharedJobs NONE = new SharedJobs() {
        @Override
        public Optional<JobStatus> claim(StoredJob job) {
            return Optional.empty();
        }

        @Override
        public void publish(StoredJob job, JobStatus status) {}

        @Override
        public Optional<JobStatus> find(String id) {
            return Optional.empty();
        }

        @Override
        public List<JobStatus> all() {
            return List.of();
        }

        @Override
        public Optional<StoredJob> findOwned(String owner, int epoch, String id) {
            return Optional.empty();
        }

        @Override
        public Optional<String> owner(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<StoredJob> reclaim(StoredJob found) {
            return Optional.of(found);
        }

        @Override
        public List<String> orphans() {
            return List.of();
        }

        @Override
        public Optional<Orphan> adopt(String id, Predicate<Orphan> wanted) {
            return Optional.empty();
        }

        @Override
        public void disown(StoredJob job) {}

        @Override
        public void copyJournal(String id, int epoch, OutputStream out) {}

        @Override
        public boolean hasJournal(String id, int epoch) {
            // There is no other node that could hold one, so there is nothing to replicate either.
            return true;
        }

        @Override
        public void storeJournal(StoredJob job, int piece, byte[] rows) {}

        @Override
        public void deleteJournal(String id, int epoch) {}

        @Override
        public void deleteEarlierJournals(String id, int epoch) {}

        @Override
        public boolean owns(StoredJob job) {
            return true;
        }

        @Override
        public void remove(StoredJob job) {}
    };
}

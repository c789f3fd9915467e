package dev.juggler.node.jobs;

import dev.juggler.client.JobStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The jobs of all nodes as every node sees them: who owns which, under which epoch, where it stands, and what of its
 * journal the others hold. Its methods block, may be called from any thread, and throw a {@link RejectedRequestException} with 503 while
 * this node sees too few others.
 */
public interface SharedJobs {

    /**
     * Makes this node the owner of a job that is new.
     *
     * @return where it stands when it is not new: some node, this one perhaps, has it
     * @throws RejectedRequestException when another job has its key
     */
    Optional<JobStatus> claim(StoredJob job);

    /** Lets others see a job of this node's. */
    void publish(StoredJob job, JobStatus status);

    /** Where a job of any node stands. */
    Optional<JobStatus> find(String id);

    /** All jobs of all nodes. */
    List<JobStatus> all();

    /** A job that this node owns under this epoch; empty when it does not, or not any more. */
    Optional<StoredJob> of(String owner, int epoch, String id);

    /** The node that owns a job; empty when nobody does. */
    Optional<String> owner(String id);

    /**
     * Makes this node the owner of a job that it has found on its disk.
     *
     * @return the job under its new epoch; empty when another node has it and has got further
     */
    Optional<StoredJob> reclaim(StoredJob found);

    /** The jobs whose owner is dead. */
    List<String> orphans();

    /**
     * Makes this node the owner of a job whose owner is dead.
     *
     * @param wanted whether this node would do it
     * @return the job under its new epoch, and where it stood; empty when it is not wanted, or another node was quicker
     */
    Optional<Orphan> adopt(String id, Predicate<Orphan> wanted);

    /** Ends this node's ownership of a job that it could not put on its disk: others may have it now, or this one again. */
    void disown(StoredJob job);

    /** A job that was taken over. */
    record Orphan(StoredJob job, JobStatus last) {}

    /** Writes what is held of the journal that a job had under this epoch; nothing when nothing is held. */
    void copyJournal(String id, int epoch, OutputStream out) throws IOException;

    /** Holds a piece of a job's journal for the case that this node dies. */
    void hold(StoredJob job, int piece, byte[] rows);

    /** Lets go of what is held of a journal under an earlier epoch. */
    void release(String id, int epoch);

    /** Whether this node owns the job under this epoch, or nobody does; if not, another has taken it over. */
    boolean owns(StoredJob job);

    /** Forgets a job that is no more. */
    void forget(StoredJob job);

    /** For a node that is the only one: others do not exist. */
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
        public Optional<StoredJob> of(String owner, int epoch, String id) {
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
        public void hold(StoredJob job, int piece, byte[] rows) {}

        @Override
        public void release(String id, int epoch) {}

        @Override
        public boolean owns(StoredJob job) {
            return true;
        }

        @Override
        public void forget(StoredJob job) {}
    };
}

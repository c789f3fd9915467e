package dev.juggler.node.jobs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replicates the journal of a running job to the other nodes, in pieces, as the file grows. It reads the file and so
 * never holds up the job. A node that takes over runs again what was not replicated yet: a fraction of a second of
 * work. Thread-safe.
 */
final class JournalReplication {
    /** The limit for one job; a node that takes over runs the rest again. */
    static final long MAX_BYTES = 256L << 20;

    static final int PIECE_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(JournalReplication.class);

    private final SharedJobs shared;
    private final StoredJob job;
    private final Path journal;
    private final AtomicBoolean busy = new AtomicBoolean();
    private long position;
    private int piece;
    private boolean full;
    private boolean earlierDeleted;

    /** A replication that starts at the beginning of {@code journal}, a file that need not exist yet. */
    JournalReplication(SharedJobs shared, StoredJob job, Path journal) {
        this.shared = shared;
        this.job = job;
        this.journal = journal;
    }

    /**
     * Replicates what the journal has grown by, unless another thread is doing so. Blocks.
     *
     * @return false when another node owns the job now
     */
    boolean replicate() throws IOException {
        if (!busy.compareAndSet(false, true)) {
            return true;
        }
        try {
            if (!shared.owns(job)) {
                return false;
            }
            replicateRest();
            return true;
        } finally {
            busy.set(false);
        }
    }

    private void replicateRest() throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            byte[] next = read(channel);
            while (next.length > 0 && !full) {
                shared.storeJournal(job, piece++, next);
                position += next.length;
                checkFull();
                next = read(channel);
            }
            deleteEarlier();
        } catch (NoSuchFileException e) {
            // The job has not started.
            position = 0;
        }
    }

    /** Deletes the replicas of earlier epochs once this epoch has one. */
    private void deleteEarlier() {
        if (!earlierDeleted && position > 0) {
            earlierDeleted = true;
            shared.deleteEarlierJournals(job.id(), job.epoch());
        }
    }

    private void checkFull() {
        if (position > MAX_BYTES) {
            full = true;
            LOG.warn(
                    "the journal of job {} is larger than {} MiB: the rest of it is on this node's disk only",
                    job.id(),
                    MAX_BYTES >> 20);
        }
    }

    private byte[] read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, Math.max(0, channel.size() - position)));
        channel.read(buffer, position);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}

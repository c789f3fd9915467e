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
 * Has the other nodes hold what a job's journal has grown by, piece by piece. It reads the file and so never holds up
 * the job; a node that takes over repeats what was not held yet, which is a fraction of a second of work.
 */
final class JournalReplication {
    /** What is held of one job: beyond that a node that takes over repeats the rest. */
    private static final long MOST_BYTES = 256L << 20;

    private static final int PIECE = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(JournalReplication.class);

    private final SharedJobs shared;
    private final StoredJob job;
    private final Path journal;
    private final AtomicBoolean busy = new AtomicBoolean();
    private long position;
    private int piece;
    private boolean full;
    private boolean released;

    JournalReplication(SharedJobs shared, StoredJob job, Path journal) {
        this.shared = shared;
        this.job = job;
        this.journal = journal;
    }

    /**
     * Ships what there is, unless a call is under way in another thread. Blocks.
     *
     * @return whether the job is still this node's
     */
    boolean ship() throws IOException {
        if (!busy.compareAndSet(false, true)) {
            return true;
        }
        try {
            if (!shared.owns(job)) {
                return false;
            }
            shipAll();
            return true;
        } finally {
            busy.set(false);
        }
    }

    private void shipAll() throws IOException {
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.READ)) {
            byte[] next = read(channel);
            while (next.length > 0 && !full) {
                shared.hold(job, piece++, next);
                position += next.length;
                checkFull();
                next = read(channel);
            }
            letGoOfTheLast();
        } catch (NoSuchFileException e) {
            // The job has not begun.
            position = 0;
        }
    }

    /** Once the others hold all of it under this epoch, what they held under the one before is not needed. */
    private void letGoOfTheLast() {
        if (!released && position > 0) {
            released = true;
            shared.release(job.id(), job.epoch() - 1);
        }
    }

    private void checkFull() {
        if (position > MOST_BYTES) {
            full = true;
            LOG.warn(
                    "job {} has a journal of more than {} MiB: the rest of it is on this node's disk alone",
                    job.id(),
                    MOST_BYTES >> 20);
        }
    }

    private byte[] read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(0, channel.size() - position)));
        channel.read(buffer, position);
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }
}

package dev.juggler.journal;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeRows;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An open journal. Rows reach the operating system with each {@link #append}, so a killed process loses none. They are
 * forced to disk at most 100 ms later, so a power failure loses few.
 */
public final class Journal implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private final Path path;
    private final FileChannel channel;
    private final OutputStream out;
    private final OutcomeRows rows;
    private final PeriodicSync sync;
    private final CompletedTasks completed;
    private final Optional<String> warning;
    private boolean broken;

    private Journal(Path path, FileChannel channel, Job job, JournalReader.Content content) throws IOException {
        this.path = path;
        this.channel = channel;
        this.completed = content.completed();
        this.warning = content.warning();
        channel.truncate(content.length());
        channel.position(content.length());
        this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
        if (content.length() == 0) {
            out.write(JournalHeader.of(job).line());
            out.flush();
        }
        channel.force(true);
        this.rows = new OutcomeRows(job.id(), out);
        this.sync = new PeriodicSync(channel);
    }

    /**
     * Creates a journal in a new file.
     *
     * @throws JournalException when the file already exists or cannot be written
     */
    public static Journal create(Path path, Job job) throws JournalException {
        checkKind(path);
        if (Files.exists(path) && !isEmptyFile(path)) {
            throw JournalException.rejected(
                    "journal " + path + " already exists: add --resume to resume it, or name another file");
        }
        return open(path, job, JournalHeader.of(job)::isOfSameWork);
    }

    /**
     * Resumes a journal, or creates it when the file does not exist.
     *
     * @throws JournalException when it is damaged, of other work, in use, or cannot be written
     */
    public static Journal resume(Path path, Job job) throws JournalException {
        checkKind(path);
        return open(path, job, JournalHeader.of(job)::isOfSameWork);
    }

    /**
     * Resumes the journal of a job with the same id, or creates it. Unlike {@link #resume}, it compares ids and not
     * fingerprints: the same request has another fingerprint on a node that keeps its files in another folder.
     *
     * @throws JournalException when it is damaged, of another job, in use, or cannot be written
     */
    public static Journal resumeById(Path path, Job job) throws JournalException {
        checkKind(path);
        return open(path, job, JournalHeader.of(job)::isOfSameJob);
    }

    private static void checkKind(Path path) throws JournalException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            String kind = Files.isDirectory(path) ? "a folder" : "not a regular file";
            throw JournalException.io("cannot write journal " + path + ": it is " + kind, null);
        }
    }

    private static boolean isEmptyFile(Path path) throws JournalException {
        try {
            return Files.isRegularFile(path) && Files.size(path) == 0;
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    private static Journal open(Path path, Job job, Predicate<JournalHeader> ours) throws JournalException {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            lock(path, channel);
            return new Journal(path, channel, job, JournalReader.read(path, channel, ours));
        } catch (IOException e) {
            closeAfter(e, channel);
            throw unusable(path, e);
        } catch (JournalException e) {
            closeAfter(e, channel);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, @Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                failure.addSuppressed(e);
            }
        }
    }

    private static void lock(Path path, FileChannel channel) throws IOException, JournalException {
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw JournalException.rejected("journal " + path + " is in use by another run");
            }
        } catch (OverlappingFileLockException e) {
            throw JournalException.rejected("journal " + path + " is in use by another job of this process");
        }
    }

    private static JournalException unusable(Path path, IOException e) {
        String why = e instanceof NoSuchFileException
                ? "its folder does not exist"
                : e instanceof java.nio.file.AccessDeniedException
                        ? "permission denied"
                        : String.valueOf(e.getMessage());
        return JournalException.io("cannot write journal " + path + ": " + why, e);
    }

    /** Returns the successes of earlier runs, from which the single reader of the inputs removes them. */
    public CompletedTasks completed() {
        return completed;
    }

    /** Returns a warning about the file as it was found, such as a removed incomplete last row. */
    public Optional<String> warning() {
        return warning;
    }

    /**
     * Appends rows and hands them to the operating system before it returns.
     *
     * @throws IOException when this fails, or when earlier rows could not be forced to disk
     */
    public void append(List<Outcome> outcomes) throws IOException {
        sync.check();
        try {
            for (Outcome outcome : outcomes) {
                rows.write(outcome);
            }
            rows.flush(out);
        } catch (IOException e) {
            broken = true;
            throw new IOException("cannot write journal " + path + ": " + e.getMessage(), e);
        }
        sync.markDirty();
    }

    /** Forces all rows to disk and closes the file. */
    @Override
    public void close() throws IOException {
        try (channel;
                sync) {
            // After a failed append, part of the buffer may be in the file. Writing it again would damage the file.
            if (!broken) {
                rows.flush(out);
            }
        }
    }
}

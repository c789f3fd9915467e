package dev.juggler.node.jobs;

import dev.juggler.access.FileErrorText;
import dev.juggler.client.JobStatus;
import dev.juggler.client.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a node on its disk, a folder each: {@code job.json} as it was accepted, {@code journal.jsonl},
 * {@code running} while it runs, and {@code end.json} once it has ended.
 *
 * <p>When a method returns, what it wrote has been forced to the disk. Blocks. Thread-safe as long as one thread at a
 * time uses a job.
 */
public final class JobStore implements AutoCloseable {
    private static final String JOB = "job.json";
    private static final String JOURNAL = "journal.jsonl";
    private static final String END = "end.json";
    private static final String RUNNING = "running";
    private static final Logger LOG = LoggerFactory.getLogger(JobStore.class);

    private final Path jobs;
    private final FileChannel lock;

    private JobStore(Path jobs, FileChannel lock) {
        this.jobs = jobs;
        this.lock = lock;
    }

    /**
     * A job on disk.
     *
     * @param end empty for a job that has not ended, and so is to be resumed
     */
    record StoredState(StoredJob job, Optional<StoredEnd> end) {}

    /**
     * The content of {@code end.json}.
     *
     * @param started the time of its start, ISO 8601; null when it never started
     * @param ended the time of its end, ISO 8601
     * @param end the way it ended
     * @param total the number of its inputs; null when unknown
     */
    record StoredEnd(
            @Nullable String started,
            String ended,
            JobEnd end,
            @Nullable Long total) {
        static StoredEnd of(JobPhase.Ended phase, @Nullable Long total) {
            return new StoredEnd(
                    phase.started().map(Instant::toString).orElse(null),
                    phase.ended().toString(),
                    phase.end(),
                    total);
        }
    }

    /**
     * Opens and locks the data folder of a node; creates it when it does not exist.
     *
     * @throws IOException when it cannot be used, because another node uses it for instance; the message is one for the
     *     user
     */
    public static JobStore open(Path data) throws IOException {
        Path jobs = data.resolve("jobs");
        FileChannel channel = openLock(data, jobs);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new JobStore(jobs, channel);
            }
        } catch (OverlappingFileLockException e) {
            // A node in this JVM holds the lock: for the user that is the same.
        }
        channel.close();
        throw new IOException("data folder " + data + " is in use by another node");
    }

    private static FileChannel openLock(Path data, Path jobs) throws IOException {
        try {
            Files.createDirectories(jobs);
            return FileChannel.open(data.resolve("node.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new IOException("data folder " + data + " cannot be used: " + FileErrorText.of(e), e);
        }
    }

    /** Stores a new job; when that fails, nothing of it stays on disk. */
    void create(StoredJob job) throws IOException {
        Path folder = folder(job.id());
        Files.createDirectories(folder);
        try {
            write(folder, JOB, StrictJson.write(job));
            force(jobs);
        } catch (IOException e) {
            // The next start would resume a half-written job, though no client was told that it was accepted.
            deleteAfter(e, folder);
            throw e;
        }
    }

    /** Replaces the stored job: its epoch or its deaths have changed. */
    void update(StoredJob job) throws IOException {
        write(folder(job.id()), JOB, StrictJson.write(job));
    }

    /** Stores the end of a job, in place of an earlier one. */
    void end(String id, StoredEnd end) throws IOException {
        write(folder(id), END, StrictJson.write(end));
    }

    /** Stores the end of a job that too many nodes died with; empty, with nothing stored, for other jobs. */
    Optional<StoredEnd> endIfPoison(StoredJob job, JobStatus.Counts counts) throws IOException {
        if (!job.isPoison()) {
            return Optional.empty();
        }
        StoredEnd end = new StoredEnd(null, Instant.now().toString(), JobEnd.poison(job.deaths(), counts), null);
        end(job.id(), end);
        LOG.error("job {} is not run again: {}", job.id(), end.end().error());
        return Optional.of(end);
    }

    /** Deletes the end of a job. */
    void reopen(String id) throws IOException {
        Files.deleteIfExists(folder(id).resolve(RUNNING));
        Files.deleteIfExists(folder(id).resolve(END));
        force(folder(id));
    }

    /** Marks a job as running; a job that is found marked at the next start was running when its node died. */
    public void markRunning(String id) throws IOException {
        write(folder(id), RUNNING, new byte[0]);
    }

    /** Removes the mark of {@link #markRunning}. */
    void unmarkRunning(String id) throws IOException {
        Files.deleteIfExists(folder(id).resolve(RUNNING));
        force(folder(id));
    }

    /** Returns whether the job was running when the last node with this data folder died. */
    boolean wasRunning(String id) {
        return Files.exists(folder(id).resolve(RUNNING));
    }

    /** The journal of a job; it may not exist yet. */
    Path journal(String id) {
        return folder(id).resolve(JOURNAL);
    }

    /** All jobs. A job that cannot be read is logged and left alone; a folder without a job is removed. */
    List<StoredState> all() throws IOException {
        List<StoredState> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(jobs)) {
            for (Path folder : folders) {
                try {
                    all.add(new StoredState(read(folder.resolve(JOB), StoredJob.class), readEnd(folder)));
                } catch (NoSuchFileException e) {
                    LOG.warn(
                            "removing {}, which holds no job: it was never acknowledged, or its removal was"
                                    + " interrupted",
                            folder);
                    delete(folder);
                } catch (IOException | IllegalArgumentException e) {
                    LOG.error("cannot read the job in {}, which is left alone: {}", folder, e.getMessage());
                }
            }
        }
        return all;
    }

    private static Optional<StoredEnd> readEnd(Path folder) throws IOException {
        Path file = folder.resolve(END);
        return Files.exists(file) ? Optional.of(read(file, StoredEnd.class)) : Optional.empty();
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        return StrictJson.read(Files.readAllBytes(file), type);
    }

    /** Removes a job with its journal. */
    void delete(String id) throws IOException {
        delete(folder(id));
    }

    private Path folder(String id) {
        return jobs.resolve(id);
    }

    private static void delete(Path folder) throws IOException {
        // The job's own file first: what an interrupted removal leaves behind is not a job.
        Files.deleteIfExists(folder.resolve(JOB));
        force(folder);
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(JobStore::deleteFile);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.deleteIfExists(folder);
    }

    private static void deleteFile(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAfter(IOException failure, Path folder) {
        try {
            delete(folder);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Replaces a file atomically, even when the machine loses power: a new, forced file takes the name of the old one.
     */
    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path fresh = folder.resolve(name + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    /** Forces a folder to disk, and so the names in it. */
    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a node on its disk, a folder each: {@code job.json} as it was accepted, {@code journal.jsonl},
 * {@code running} while it runs, and {@code end.json} once it is over. When a method returns, what it wrote is on the disk. Blocks; safe for use by several
 * threads as long as each job is one thread's at a time.
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

    /** A job that was found on disk; {@code end} is empty when it is to be gone on with. */
    record Found(StoredJob job, Optional<End> end) {}

    /**
     * The content of {@code end.json}.
     *
     * @param started when it began, ISO 8601, or null when it never did
     * @param ended when it ended, ISO 8601
     * @param end how
     * @param total its inputs, or null where they are not known
     */
    record End(String started, String ended, JobEnd end, Long total) {
        static End of(JobPhase.Ended phase, Long total) {
            return new End(
                    phase.started().map(Instant::toString).orElse(null),
                    phase.ended().toString(),
                    phase.end(),
                    total);
        }
    }

    /**
     * Opens the data folder of a node, which is made when it is not there.
     *
     * @throws IOException when it cannot be used, with a message for a person: another node has it, say
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
            // This JVM has it: the same to the user.
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

    /** Puts a new job on the disk. */
    void create(StoredJob job) throws IOException {
        Path folder = folder(job.id());
        Files.createDirectories(folder);
        try {
            write(folder.resolve(JOB), StrictJson.write(job));
            force(jobs);
        } catch (IOException e) {
            // A half job would be gone on with at the next start, though nobody was told that it was accepted.
            deleteAfter(e, folder);
            throw e;
        }
    }

    /** Replaces what is known of a job: its epoch. */
    void update(StoredJob job) throws IOException {
        write(folder(job.id()).resolve(JOB), StrictJson.write(job));
    }

    void end(String id, End end) throws IOException {
        write(folder(id).resolve(END), StrictJson.write(end));
    }

    /** Ends a job that nodes die with; empty for others. */
    Optional<End> endIfPoison(StoredJob job, JobStatus.Counts counts) throws IOException {
        if (!job.isPoison()) {
            return Optional.empty();
        }
        End end = new End(null, Instant.now().toString(), JobEnd.poison(job.deaths(), counts), null);
        end(job.id(), end);
        LOG.error("job {} is set aside: {}", job.id(), end.end().error());
        return Optional.of(end);
    }

    /** Undoes the end of a job. */
    void reopen(String id) throws IOException {
        Files.deleteIfExists(folder(id).resolve(RUNNING));
        Files.deleteIfExists(folder(id).resolve(END));
        force(folder(id));
    }

    /** Notes that a job is begun: what is found so at the next start died with its node. */
    public void begun(String id) throws IOException {
        write(folder(id).resolve(RUNNING), new byte[0]);
    }

    /** Notes that a job runs no more. */
    void rests(String id) throws IOException {
        Files.deleteIfExists(folder(id).resolve(RUNNING));
        force(folder(id));
    }

    /** Whether the last node that had this folder died while the job ran. */
    boolean wasRunning(String id) {
        return Files.exists(folder(id).resolve(RUNNING));
    }

    Path journal(String id) {
        return folder(id).resolve(JOURNAL);
    }

    /** Everything there is. What cannot be read is told and left alone. */
    List<Found> all() throws IOException {
        List<Found> all = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(jobs)) {
            for (Path folder : folders) {
                try {
                    all.add(new Found(read(folder.resolve(JOB), StoredJob.class), readEnd(folder)));
                } catch (NoSuchFileException e) {
                    LOG.warn(
                            "{} holds no job and is removed: it was never acknowledged, or is a removal that was cut"
                                    + " short",
                            folder);
                    delete(folder);
                } catch (IOException | IllegalArgumentException e) {
                    LOG.error("job in {} cannot be read and is left alone: {}", folder, e.getMessage());
                }
            }
        }
        return all;
    }

    private static Optional<End> readEnd(Path folder) throws IOException {
        Path file = folder.resolve(END);
        return Files.exists(file) ? Optional.of(read(file, End.class)) : Optional.empty();
    }

    private static <T> T read(Path file, Class<T> type) throws IOException {
        return StrictJson.read(Files.readAllBytes(file), type);
    }

    /** Removes a job and all that belongs to it. */
    void delete(String id) throws IOException {
        delete(folder(id));
    }

    private Path folder(String id) {
        return jobs.resolve(id);
    }

    private static void delete(Path folder) throws IOException {
        // The job's own file first: what is left of a removal that was cut short is no job any more.
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

    /** All of it or nothing, even when the machine loses power: a new file, forced, takes the name of the old. */
    private static void write(Path file, byte[] content) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        force(file.getParent());
    }

    /** A name is on the disk when its folder is. */
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

package dev.juggler.work.exec;

import dev.juggler.job.Value.Output;
import dev.juggler.work.InvalidWorkException;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The private folder (mode 0700) that the outputs of a job's programs go to. Safe for use by several threads.
 *
 * <p>Each run has files of its own: one that is used again could still be written to by what an earlier program left
 * running, and outputs would mix. (Measured: fresh files cost less than 0.1 ms a task.)
 */
final class OutputFolder implements AutoCloseable {
    /** A disk with less than this to spare has no room: other tasks may have freed some since a write failed. */
    private static final long LEAST_FREE_BYTES = 1 << 20;

    private final File folder;
    private final int memoryLimit;
    private final AtomicLong runs = new AtomicLong();
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();

    private OutputFolder(File folder, int memoryLimit) {
        this.folder = folder;
        this.memoryLimit = memoryLimit;
    }

    /**
     * Makes the folder under {@code java.io.tmpdir}.
     *
     * @param memoryLimit how many bytes of an output are kept in memory
     * @throws InvalidWorkException when it cannot be made
     */
    static OutputFolder create(int memoryLimit) {
        try {
            return new OutputFolder(Files.createTempDirectory("juggler-exec-").toFile(), memoryLimit);
        } catch (IOException e) {
            throw InvalidWorkException.output(
                    "exec: no folder for outputs can be made in " + System.getProperty("java.io.tmpdir") + " ("
                            + e.getClass().getSimpleName()
                            + "): free some space, or set -Djava.io.tmpdir to another place",
                    e);
        }
    }

    /** Names for the outputs of one more run of this task. */
    OutputFiles next(long taskNumber) {
        String name = taskNumber + "-" + runs.incrementAndGet();
        return new OutputFiles(new File(folder, name + ".stdout"), new File(folder, name + ".stderr"));
    }

    /**
     * Whether a program may have failed to write. We see no error of its writes, since it writes to the file itself, so
     * a disk without space to spare counts as one that was full.
     */
    boolean isFull() {
        return folder.getUsableSpace() < LEAST_FREE_BYTES;
    }

    @Override
    public String toString() {
        return folder.getPath();
    }

    /**
     * Takes in what was written: the file goes when all of it fits in memory, and stays when not.
     *
     * @throws IOException when it cannot be read, be it that someone removed it
     */
    Output collect(File file) throws IOException {
        Path path = file.toPath();
        if (Files.size(path) == 0) {
            Files.delete(path);
            return Output.EMPTY;
        }
        byte[] bytes;
        // Not a channel: an interrupt that comes late would close it.
        try (InputStream in = new FileInputStream(file)) {
            bytes = in.readNBytes(memoryLimit);
        }
        long length = Files.size(path);
        if (length > bytes.length) {
            kept.add(path);
            return new Output(bytes, length, path.toString());
        }
        Files.delete(path);
        return new Output(bytes, bytes.length, null);
    }

    /** Removes every file that no result refers to, and the folder when none is left. */
    @Override
    public void close() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.toPath())) {
            for (Path file : files) {
                if (!kept.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        if (kept.isEmpty()) {
            Files.deleteIfExists(folder.toPath());
        }
    }
}

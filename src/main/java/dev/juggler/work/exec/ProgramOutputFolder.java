package dev.juggler.work.exec;

import dev.juggler.work.InvalidWorkException;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The private folder (mode 0700) of a job's outputs that need a name. It is created with the first of them. Safe for
 * use by several threads.
 *
 * <p>Each run of a program has its own files, because processes that an earlier program left running could still write
 * to a reused file.
 */
final class ProgramOutputFolder implements AutoCloseable {
    /** The free space below which a disk counts as full: other tasks may have freed some since a write failed. */
    private static final long MIN_FREE_BYTES = 1 << 20;

    private final File parent;
    private final int memoryLimit;
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();
    /** Null until the first output needs a name. */
    private @Nullable Path folder;

    private ProgramOutputFolder(File parent, int memoryLimit) {
        this.parent = parent;
        this.memoryLimit = memoryLimit;
    }

    /**
     * Returns a folder that will be created in {@code java.io.tmpdir}.
     *
     * @param memoryLimit the maximum number of bytes of an output that are kept in memory
     * @throws InvalidWorkException when it cannot be created
     */
    static ProgramOutputFolder create(int memoryLimit) {
        File parent = new File(System.getProperty("java.io.tmpdir"));
        if (!parent.isDirectory() || !Files.isWritable(parent.toPath())) {
            throw InvalidWorkException.output(
                    "exec: cannot create files for outputs in " + parent + ": set TMPDIR to a writable folder", null);
        }
        return new ProgramOutputFolder(parent, memoryLimit);
    }

    /** Returns the folder that this one is created in. */
    Path parent() {
        return parent.toPath();
    }

    /** Returns the maximum number of bytes of an output that are kept in memory. */
    int memoryLimit() {
        return memoryLimit;
    }

    /** Returns the path of a file in the folder, which this creates when necessary. */
    synchronized Path file(String name) throws IOException {
        Path current = folder;
        if (current == null) {
            current = Files.createTempDirectory(parent.toPath(), "juggler-exec-");
            folder = current;
        }
        return current.resolve(name);
    }

    /** Returns the path of a file in the folder that {@link #close()} does not delete. */
    Path keep(String name) throws IOException {
        Path path = file(name);
        kept.add(path);
        return path;
    }

    /**
     * Returns whether a program may have failed to write. The program writes to the file itself, so its errors cannot
     * be observed, and a disk with hardly any free space counts as full.
     */
    boolean isFull() {
        return parent.getUsableSpace() < MIN_FREE_BYTES;
    }

    @Override
    public String toString() {
        return parent.getPath();
    }

    /** Deletes every file that no result refers to, and the folder when it is empty. */
    @Override
    public synchronized void close() throws IOException {
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!kept.contains(file)) {
                    Files.deleteIfExists(file);
                }
            }
        }
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // It contains outputs that results refer to.
        }
    }
}

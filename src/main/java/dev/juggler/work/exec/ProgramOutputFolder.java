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

/**
 * The private folder (mode 0700) of a job's outputs that need a name; it is made when the first does. Safe for use by
 * several threads.
 *
 * <p>Each run of a program has files of its own: one that is used again could still be written to by what an earlier
 * program left running, and outputs would mix.
 */
final class ProgramOutputFolder implements AutoCloseable {
    /** A disk with less than this to spare has no room: other tasks may have freed some since a write failed. */
    private static final long LEAST_FREE_BYTES = 1 << 20;

    private final File parent;
    private final int memoryLimit;
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();
    private Path folder;

    private ProgramOutputFolder(File parent, int memoryLimit) {
        this.parent = parent;
        this.memoryLimit = memoryLimit;
    }

    /**
     * A folder that is to be under {@code java.io.tmpdir}.
     *
     * @param memoryLimit how many bytes of an output are kept in memory
     * @throws InvalidWorkException when it could not be made
     */
    static ProgramOutputFolder create(int memoryLimit) {
        File parent = new File(System.getProperty("java.io.tmpdir"));
        if (!parent.isDirectory() || !Files.isWritable(parent.toPath())) {
            throw InvalidWorkException.output(
                    "exec: no file for outputs can be made in " + parent
                            + ": set TMPDIR to a folder that may be written to",
                    null);
        }
        return new ProgramOutputFolder(parent, memoryLimit);
    }

    /** The folder it is made in. */
    Path parent() {
        return parent.toPath();
    }

    /** How many bytes of an output are kept in memory. */
    int memoryLimit() {
        return memoryLimit;
    }

    /** The file of this name in the folder, which is there now. */
    synchronized Path file(String name) throws IOException {
        if (folder == null) {
            folder = Files.createTempDirectory(parent.toPath(), "juggler-exec-");
        }
        return folder.resolve(name);
    }

    /** Likewise; it is to outlive the job. */
    Path keep(String name) throws IOException {
        Path path = file(name);
        kept.add(path);
        return path;
    }

    /**
     * Returns whether a program may have failed to write. We see no error of its writes, since it writes to the file
     * itself, so a disk without space to spare counts as one that was full.
     */
    boolean isFull() {
        return parent.getUsableSpace() < LEAST_FREE_BYTES;
    }

    @Override
    public String toString() {
        return parent.getPath();
    }

    /** Removes every file that no result refers to, and the folder when none is left. */
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
            // Outputs that results refer to, and that nobody has taken away.
        }
    }
}

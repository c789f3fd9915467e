package dev.juggler.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written at the end of a long command. The start checks that it can be written; it appears under its
 * name only when it is complete.
 */
public final class ReservedFile implements AutoCloseable {
    private final Path file;

    /**
     * A temporary file in the same folder; null if the target is not a file but, say, a terminal, which is written
     * directly.
     */
    private final @Nullable Path part;

    private ReservedFile(Path file, @Nullable Path part) {
        this.file = file;
        this.part = part;
    }

    /**
     * Reserves a file.
     *
     * @throws CommandFailure when it cannot be written
     */
    public static ReservedFile at(Path file) {
        if (Files.isDirectory(file)) {
            throw CommandFailure.output("cannot write " + file + ": it is a folder", null);
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return new ReservedFile(file, null);
            }
            Path folder = file.toAbsolutePath().getParent();
            return new ReservedFile(file, folder == null ? null : Files.createTempFile(folder, ".juggler-", ".part"));
        } catch (NoSuchFileException e) {
            throw CommandFailure.output("cannot write " + file + ": its folder does not exist", e);
        } catch (IOException e) {
            throw CommandFailure.output("cannot write " + file + ": " + reason(e), e);
        }
    }

    private static @Nullable String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.getMessage();
    }

    /** Writes the whole content, replacing an earlier file. */
    public void write(byte[] bytes) {
        try {
            if (part == null) {
                Files.write(file, bytes);
            } else {
                Files.write(part, bytes);
                makeReadable(part);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw CommandFailure.output("cannot write " + file + ": " + reason(e), e);
        }
    }

    /** Gives a temporary file, which only its owner may read, the permissions of any new file. */
    private static void makeReadable(Path part) throws IOException {
        Path like = Files.createFile(part.resolveSibling(part.getFileName() + ".mode"));
        try {
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(like));
        } catch (UnsupportedOperationException e) {
            // This file system has no such permissions.
        } finally {
            Files.delete(like);
        }
    }

    @Override
    public void close() throws IOException {
        if (part != null) {
            Files.deleteIfExists(part);
        }
    }
}

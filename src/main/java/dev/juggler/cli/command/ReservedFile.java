package dev.juggler.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file that will be written at the end of a long command. That it can be is tried at the beginning; it appears under
 * its name only when it is whole.
 */
public final class ReservedFile implements AutoCloseable {
    private final Path file;

    /** In the same folder; null for what is no file, such as a terminal, which is written as it is. */
    private final Path part;

    private ReservedFile(Path file, Path part) {
        this.file = file;
        this.part = part;
    }

    /** Reserves it; a place that cannot be written ends the command. */
    public static ReservedFile at(Path file) {
        if (Files.isDirectory(file)) {
            throw CommandFailure.output("cannot write " + file + ": it is a folder", null);
        }
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                return new ReservedFile(file, null);
            }
            Path folder = file.toAbsolutePath().getParent();
            return new ReservedFile(file, Files.createTempFile(folder, ".juggler-", ".part"));
        } catch (NoSuchFileException e) {
            throw CommandFailure.output("cannot write " + file + ": its folder does not exist", e);
        } catch (IOException e) {
            throw CommandFailure.output("cannot write " + file + ": " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return e instanceof java.nio.file.AccessDeniedException ? "permission denied" : e.getMessage();
    }

    /** Writes all of it, in the place of what was there. */
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

    /** Temporary files are for their owner alone; this one is to be as any other that is made here. */
    private static void makeReadable(Path part) throws IOException {
        Path like = Files.createFile(part.resolveSibling(part.getFileName() + ".mode"));
        try {
            Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(like));
        } catch (UnsupportedOperationException e) {
            // No such permissions here, so there is nothing to give.
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

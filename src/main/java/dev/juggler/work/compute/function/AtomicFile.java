package dev.juggler.work.compute.function;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes files atomically: other programs see a file complete under its final name, or not at all. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface ContentWriter {
        void write(OutputStream out) throws IOException, TaskFailureException, InterruptedException;
    }

    /**
     * Writes a temporary file in the same folder and renames it to the target, which it replaces, once it is complete.
     * Deletes it on failure and on interruption.
     *
     * @return the length of the file in bytes
     */
    public static long write(Path target, ContentWriter content) throws TaskFailureException, InterruptedException {
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.write(out);
            }
            long length = Files.size(temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            return length;
        } catch (ClosedByInterruptException _) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw TaskFailureException.io(target, e);
        } finally {
            delete(temporary);
        }
    }

    private static void delete(Path temporary) throws TaskFailureException {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            throw TaskFailureException.io(temporary, e);
        }
    }
}

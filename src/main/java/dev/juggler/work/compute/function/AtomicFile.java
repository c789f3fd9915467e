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

/** Writes a file under its final name all at once: other programs see all of it or nothing. */
public final class AtomicFile {
    private AtomicFile() {}

    /** Code that writes a stream. */
    @FunctionalInterface
    public interface Writing {
        void to(OutputStream out) throws IOException, TaskFailureException, InterruptedException;
    }

    /**
     * Writes to a temporary file in the same folder, which takes the place of an older file of the final name when it
     * is complete; on any failure, and when interrupted, it is deleted.
     *
     * @return the length of the file in bytes
     */
    public static long write(Path target, Writing writing) throws TaskFailureException, InterruptedException {
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                writing.to(out);
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

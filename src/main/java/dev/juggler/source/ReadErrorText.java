package dev.juggler.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Makes one-line messages for read errors, because exceptions of the JDK often contain a path only. */
final class ReadErrorText {
    private ReadErrorText() {}

    /**
     * Returns an exception that names the path and the cause: {@code cannot read the list 'urls.txt': there is no such
     * file}.
     */
    static IOException because(String what, Path path, IOException cause) {
        return new IOException(
                "cannot read " + what + " " + QuotedText.text(path.toString()) + ": " + reason(cause), cause);
    }

    /** Returns an exception with a reason for which the JDK has no exception. */
    static IOException because(String what, Path path, String reason) {
        return new IOException("cannot read " + what + " " + QuotedText.text(path.toString()) + ": " + reason);
    }

    static String reason(IOException cause) {
        return switch (cause) {
            case NoSuchFileException e -> "there is no such file";
            case AccessDeniedException e -> "permission denied";
            case NotDirectoryException e -> "it is not a folder";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        };
    }
}

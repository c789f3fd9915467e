package dev.juggler.access;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Describes why a file could not be read or written: the JDK's own message is often just the name of the file. */
public final class FileErrorText {
    private FileErrorText() {}

    /** Returns a short reason, without the name of the file where possible. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case java.nio.charset.CharacterCodingException malformed -> "it is not UTF-8 text";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}

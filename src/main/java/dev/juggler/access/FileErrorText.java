package dev.juggler.access;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be read or written, in words: the JDK's own message is often just the name of the file. */
public final class FileErrorText {
    private FileErrorText() {}

    /** In a few words, without the name of the file where there are better ones. */
    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no such file";
            case AccessDeniedException denied -> "permission denied";
            case java.nio.charset.CharacterCodingException malformed -> "it is no UTF-8 text";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        };
    }
}

package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user wrote for a function, taken apart.
 *
 * @param owner a built-in name, the path of a Java source file, or a class name
 * @param method the method of the class after {@code ::}, or empty when that is left to us
 */
public record FunctionName(String owner, Optional<String> method) {
    /** The largest source that is sent along with a job. */
    private static final long LARGEST_SOURCE = 1 << 20;

    public static FunctionName parse(String text) {
        int colons = text.lastIndexOf("::");
        return colons < 0
                ? new FunctionName(text, Optional.empty())
                : new FunctionName(text.substring(0, colons), Optional.of(text.substring(colons + 2)));
    }

    public boolean isSource() {
        return owner.endsWith(".java");
    }

    /** The name of the source file without its folders, as it stands in messages of the compiler. */
    public String fileName() {
        return owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('\\')) + 1);
    }

    /** The text of the source file; empty when this names no source file. */
    public Optional<String> readSource() {
        if (!isSource()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Path.of(owner)));
        } catch (CharacterCodingException e) {
            throw InvalidWorkException.usage(owner + " is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            throw InvalidWorkException.usage(owner + " cannot be read: " + e.getMessage());
        }
    }

    private String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw InvalidWorkException.usage("there is no Java source file " + owner);
        }
        if (!Files.isRegularFile(file)) {
            throw InvalidWorkException.usage(owner + " is not a file but was named as a Java source file");
        }
        if (Files.size(file) > LARGEST_SOURCE) {
            throw InvalidWorkException.usage(
                    owner + " is longer than 1 MiB: compile it and give its jar with --classpath and a class name");
        }
        return Files.readString(file);
    }
}

package dev.juggler.work.compute.user;

import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The parsed name of a function, as a user writes it.
 *
 * @param owner a built-in name, the path of a Java source file, or a class name
 * @param method the method of the class after {@code ::}; empty when {@link MethodChooser} selects it
 */
public record FunctionName(String owner, Optional<String> method) {
    /** The maximum size of a source file, which is sent with its job. */
    private static final long MAX_SOURCE_BYTES = 1 << 20;

    public static FunctionName parse(String text) {
        int colons = text.lastIndexOf("::");
        return colons < 0
                ? new FunctionName(text, Optional.empty())
                : new FunctionName(text.substring(0, colons), Optional.of(text.substring(colons + 2)));
    }

    public boolean isSource() {
        return owner.endsWith(".java");
    }

    /** Returns the name of the source file without its folders, as the compiler's messages show it. */
    public String fileName() {
        return owner.substring(Math.max(owner.lastIndexOf('/'), owner.lastIndexOf('\\')) + 1);
    }

    /** Returns the text of the source file, or empty when this does not name one. */
    public Optional<String> readSource() {
        if (!isSource()) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Path.of(owner)));
        } catch (CharacterCodingException e) {
            throw InvalidWorkException.usage(owner + " is not UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            throw InvalidWorkException.usage("cannot read " + owner + ": " + e.getMessage());
        }
    }

    private String read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw InvalidWorkException.usage("there is no Java source file " + owner);
        }
        if (!Files.isRegularFile(file)) {
            throw InvalidWorkException.usage(owner + " is not a file but was named as a Java source file");
        }
        if (Files.size(file) > MAX_SOURCE_BYTES) {
            throw InvalidWorkException.usage(
                    owner + " is longer than 1 MiB: compile it and give its jar with --classpath and a class name");
        }
        return Files.readString(file);
    }
}

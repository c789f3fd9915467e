package dev.juggler.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Compares files of {@code conf} with the shipped ones, whose content is known without parsing them. */
public final class ShippedFile {
    private ShippedFile() {}

    /**
     * Returns whether a file is unchanged since it was shipped.
     *
     * @param packaged the name of the shipped file in the jar
     * @return false also when it does not exist or cannot be read
     */
    public static boolean is(Path file, String packaged) {
        try (InputStream shipped = ShippedFile.class.getResourceAsStream("/" + packaged)) {
            return shipped != null && Arrays.equals(shipped.readAllBytes(), Files.readAllBytes(file));
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.juggler.boot;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A file of {@code conf} as it is shipped: what it says is then known without a reader. */
public final class ShippedFile {
    private ShippedFile() {}

    /**
     * Whether nobody has changed a file.
     *
     * @param packaged the name of what was shipped, in the jar
     * @return false also when it is not there or cannot be read
     */
    public static boolean is(Path file, String packaged) {
        try (InputStream shipped = ShippedFile.class.getResourceAsStream("/" + packaged)) {
            return shipped != null && Arrays.equals(shipped.readAllBytes(), Files.readAllBytes(file));
        } catch (IOException e) {
            return false;
        }
    }
}

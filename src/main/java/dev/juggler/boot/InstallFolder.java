package dev.juggler.boot;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Finds the folder in which Juggler is installed: the one that has {@code conf}. */
public final class InstallFolder {
    private InstallFolder() {}

    /** The folder that run.sh gives, or else the parent of the folder of the jar. */
    public static Path folder() {
        String given = System.getProperty("juggler.home");
        if (given != null) {
            return Path.of(given);
        }
        try {
            Path code = Path.of(InstallFolder.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path parent = code.toAbsolutePath().getParent();
            return parent == null || parent.getParent() == null ? Path.of("") : parent.getParent();
        } catch (URISyntaxException e) {
            return Path.of("");
        }
    }
}

package dev.juggler.boot;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where Juggler is installed: the folder that holds {@code conf}. */
public final class InstallFolder {
    private InstallFolder() {}

    /** What run.sh says, or else the folder above the one that the jar lies in. */
    public static Path folder() {
        String told = System.getProperty("juggler.home");
        if (told != null) {
            return Path.of(told);
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

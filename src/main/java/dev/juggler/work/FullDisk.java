package dev.juggler.work;

import java.util.List;

/** Tells a place that takes nothing more from other faults of a file system. */
public final class FullDisk {
    /** What Linux and macOS say; the JDK tells it by these words alone. */
    private static final List<String> SAID =
            List.of("No space left on device", "Disk quota exceeded", "Disc quota exceeded", "Read-only file system");

    private FullDisk() {}

    /** Whether this reason of a failed write says so; null says nothing. */
    public static boolean isToldBy(String reason) {
        return reason != null && SAID.stream().anyMatch(reason::contains);
    }
}

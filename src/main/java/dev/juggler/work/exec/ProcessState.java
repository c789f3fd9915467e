package dev.juggler.work.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks processes that are not children of this JVM. */
final class ProcessState {
    private ProcessState() {}

    /**
     * Returns whether a process runs. False for a zombie, which {@code ProcessHandle} reports as alive: in a container
     * whose first process reaps nothing, an ended grandchild remains a zombie forever.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The state follows the name, which is in parentheses and may contain any character.
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            // Not Linux, or the process has just ended: isAlive() alone decides.
            return false;
        }
    }
}

package dev.juggler.work.exec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** True when a process that is not our own child still runs. */
final class ProcessState {
    private ProcessState() {}

    /**
     * False also for a zombie, which {@code ProcessHandle} calls alive: in a container whose first process reaps
     * nothing, a grandchild that has ended stays one for ever.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            // The state follows the name, which stands in parentheses and may hold any character.
            return stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            // Not Linux, or gone this moment: isAlive() alone tells.
            return false;
        }
    }
}

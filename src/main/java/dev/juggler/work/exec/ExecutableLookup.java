package dev.juggler.work.exec;

import dev.juggler.work.InvalidWorkException;
import java.io.File;
import java.util.Arrays;
import java.util.Optional;

/** Looks up programs as {@code execvp(3)} does: a name with a slash is a path; any other name is searched in PATH. */
final class ExecutableLookup {
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private ExecutableLookup() {}

    /** Returns the file that would be executed, or empty when there is no executable file. */
    static Optional<File> find(String program) {
        if (program.contains("/")) {
            return Optional.of(new File(program)).filter(ExecutableLookup::isProgram);
        }
        return Arrays.stream(searchPath().split(":", -1))
                .map(folder -> new File(folder.isEmpty() ? "." : folder, program))
                .filter(ExecutableLookup::isProgram)
                .findFirst();
    }

    /**
     * Checks that a program exists.
     *
     * @throws InvalidWorkException when it does not, with the reason
     */
    static void require(String program) {
        if (find(program).isEmpty()) {
            throw InvalidWorkException.usage("exec: " + reason(program));
        }
    }

    /** Returns the reason why a program was not found, and a remedy. */
    static String reason(String program) {
        if (!program.contains("/")) {
            return "no program '" + program + "' in PATH: check its name, or give its path";
        }
        File file = new File(program);
        if (file.isDirectory()) {
            return "'" + program + "' is a folder, not a program: give the path of a program";
        }
        return file.exists()
                ? "'" + program + "' is not executable: chmod +x it, or put its interpreter before it"
                : "there is no file '" + program + "': check the path of the program";
    }

    private static boolean isProgram(File file) {
        return file.isFile() && file.canExecute();
    }

    private static String searchPath() {
        String path = System.getenv("PATH");
        return path == null ? DEFAULT_PATH : path;
    }
}

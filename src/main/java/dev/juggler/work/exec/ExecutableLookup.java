package dev.juggler.work.exec;

import dev.juggler.work.InvalidWorkException;
import java.io.File;
import java.util.Arrays;
import java.util.Optional;

/** Programs looked up as {@code execvp(3)} does: a name with a slash is a path, any other is searched for in PATH. */
final class ExecutableLookup {
    private static final String DEFAULT_PATH = "/bin:/usr/bin";

    private ExecutableLookup() {}

    /** The file that would be run, or empty when there is none that may be. */
    static Optional<File> find(String program) {
        if (program.contains("/")) {
            return Optional.of(new File(program)).filter(ExecutableLookup::isProgram);
        }
        return Arrays.stream(searchPath().split(":", -1))
                .map(folder -> new File(folder.isEmpty() ? "." : folder, program))
                .filter(ExecutableLookup::isProgram)
                .findFirst();
    }

    /** @throws InvalidWorkException when there is no such program, saying why */
    static void require(String program) {
        if (find(program).isEmpty()) {
            throw InvalidWorkException.usage("exec: " + complaint(program));
        }
    }

    /** Why there is no such program and what to do about it. */
    static String complaint(String program) {
        if (!program.contains("/")) {
            return "no program '" + program + "' in PATH: check its name, or give its path";
        }
        File file = new File(program);
        if (file.isDirectory()) {
            return "'" + program + "' is a folder, not a program: give the path of a program";
        }
        return file.exists()
                ? "'" + program + "' may not be executed: chmod +x it, or name its interpreter before it"
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

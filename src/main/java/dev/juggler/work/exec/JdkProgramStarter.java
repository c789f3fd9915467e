package dev.juggler.work.exec;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Starts programs with the JDK's own means where {@link PosixSpawnStarter} does not work: on macOS, and on Linux with
 * another C library than glibc.
 *
 * <p>Each program is started through {@code setsid} where that exists. A child of the JVM leads no process group, so
 * {@code setsid} neither forks nor waits: it executes the program under the same process id, as the leader of a new
 * session and group. One signal then reaches the program and its descendants, and a Ctrl-C at the terminal reaches none
 * of them.
 */
record JdkProgramStarter(Optional<String> setsid) implements ProgramStarter {
    private static final File DEV_NULL = new File("/dev/null");

    static JdkProgramStarter withSetsidIfInstalled() {
        return new JdkProgramStarter(ExecutableLookup.find("setsid").map(File::getPath));
    }

    @Override
    public boolean ownGroups() {
        return setsid.isPresent();
    }

    @Override
    public boolean bySetsid() {
        return setsid.isPresent();
    }

    @Override
    public StartedProgram start(List<String> argv, ProgramOutputFolder folder, String name) throws IOException {
        List<String> command = new ArrayList<>();
        setsid.ifPresent(path -> command.addAll(List.of(path, "--")));
        command.addAll(argv);
        NamedOutputFile stdout = NamedOutputFile.in(folder, name + ".stdout");
        NamedOutputFile stderr = NamedOutputFile.in(folder, name + ".stderr");
        try {
            // Append, so that a program that truncates its output by name leaves no hole of NULs.
            Process process = new ProcessBuilder(command)
                    .redirectInput(DEV_NULL)
                    .redirectOutput(Redirect.appendTo(stdout.path().toFile()))
                    .redirectError(Redirect.appendTo(stderr.path().toFile()))
                    .start();
            return new JdkProgram(process.pid(), process.onExit().thenApply(Process::exitValue), stdout, stderr);
        } catch (IOException e) {
            throw reason(e, stdout);
        }
    }

    private static IOException reason(IOException e, NamedOutputFile file) {
        Throwable cause = e.getCause();
        String reason = cause == null ? e.getMessage() : cause.getMessage();
        return cause instanceof FileNotFoundException
                ? new FileSystemException(file.path().toString(), null, reason)
                : new IOException(reason, e);
    }

    private record JdkProgram(
            long pid, CompletableFuture<Integer> onExit, ProgramOutputFile stdout, ProgramOutputFile stderr)
            implements StartedProgram {}
}

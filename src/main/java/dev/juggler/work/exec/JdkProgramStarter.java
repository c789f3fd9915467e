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
 * Starts programs with what every JDK has, where {@link PosixSpawnStarter} cannot be: on macOS, and on Linux with
 * another C library than glibc.
 *
 * <p>Each is started by way of {@code setsid}, where that program exists: a child of the JVM leads no process group, so
 * {@code setsid} neither forks nor waits but becomes the program, under the same process id, as the leader of a session
 * and a group of its own. One signal then reaches the program and all it started, and a Ctrl-C at the terminal reaches
 * none of them.
 */
record JdkProgramStarter(Optional<String> setsid) implements ProgramStarter {
    private static final File NOTHING = new File("/dev/null");

    static JdkProgramStarter withSetsidIfThere() {
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
            // Appending, so that a program which cuts its own output by name leaves no hole of NULs behind.
            Process process = new ProcessBuilder(command)
                    .redirectInput(NOTHING)
                    .redirectOutput(Redirect.appendTo(stdout.path().toFile()))
                    .redirectError(Redirect.appendTo(stderr.path().toFile()))
                    .start();
            return new JdkProgram(process.pid(), process.onExit().thenApply(Process::exitValue), stdout, stderr);
        } catch (IOException e) {
            throw reason(e, stdout);
        }
    }

    private static IOException reason(IOException e, NamedOutputFile file) {
        String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
        return e.getCause() instanceof FileNotFoundException
                ? new FileSystemException(file.path().toString(), null, reason)
                : new IOException(reason, e);
    }

    private record JdkProgram(
            long pid, CompletableFuture<Integer> onExit, ProgramOutputFile stdout, ProgramOutputFile stderr)
            implements StartedProgram {}
}

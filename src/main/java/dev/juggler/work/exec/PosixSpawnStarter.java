package dev.juggler.work.exec;

import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Starts programs with {@code posix_spawn(3)} of glibc: one {@code exec} per task, where the JDK needs three (its
 * helper, {@code setsid}, the program).
 *
 * <p>The program leads a new session from its first instruction. It starts with no signal blocked, although threads of
 * the JVM block some. Signals that the JVM inherited as ignored (HUP, under {@code nohup}) remain ignored.
 */
final class PosixSpawnStarter implements ProgramStarter {
    private static final String SHELL = "/bin/sh";
    private static final int PIDFD_OPEN = 434;
    private static final int SIGCHLD = 17;
    private static final short SETSIGMASK = 0x08;
    private static final short SETSID = 0x80;

    /** Larger than the attributes (336 bytes) and the file actions (80 bytes) of glibc. */
    private static final int STRUCT_BYTES = 512;

    private final long attributes;
    private final long devNull;
    private final long environment;
    private final ProcessReaper reaper;

    PosixSpawnStarter() {
        NativeMemory memory = new NativeMemory(Arena.global());
        attributes = memory.allocate(STRUCT_BYTES);
        devNull = memory.string("/dev/null");
        environment = Libc.environment();
        try {
            // The default set of blocked signals is empty.
            Libc.POSIX_SPAWNATTR_INIT.call(attributes);
            Libc.POSIX_SPAWNATTR_SETFLAGS.call(attributes, SETSIGMASK | SETSID);
            // The parent may have set SIGCHLD to be ignored; then the kernel would discard exit statuses.
            Libc.SIGNAL.callLong(SIGCHLD, 0);
            reaper = ProcessReaper.start();
        } catch (IOException e) {
            throw new IllegalStateException("cannot set up posix_spawn", e);
        }
    }

    /** Returns whether this system has glibc 2.34 and Linux 5.3, and no sandbox that forbids the calls. */
    static boolean isSupported() {
        try {
            if (Libc.isComplete()) {
                Libc.CLOSE.call(openPidfd(ProcessHandle.current().pid()));
                return true;
            }
            return false;
        } catch (Libc.Failure e) {
            return false;
        }
    }

    /** Returns a file descriptor that becomes readable when the process exits. */
    static int openPidfd(long pid) throws Libc.Failure {
        return (int) Libc.SYSCALL.callLong(PIDFD_OPEN, pid, 0);
    }

    @Override
    public boolean ownGroups() {
        return true;
    }

    @Override
    public boolean bySetsid() {
        return false;
    }

    @Override
    public StartedProgram start(List<String> argv, ProgramOutputFolder folder, String name) throws IOException {
        UnnamedOutputFile stdout = UnnamedOutputFile.open(folder, name + ".stdout");
        try {
            return start(argv, stdout, UnnamedOutputFile.open(folder, name + ".stderr"));
        } catch (IOException e) {
            stdout.close();
            throw e;
        }
    }

    private StartedProgram start(List<String> argv, UnnamedOutputFile stdout, UnnamedOutputFile stderr)
            throws IOException {
        try {
            int pid = spawnOrInterpret(argv, stdout, stderr);
            return new Spawned(pid, reaper.watch(pid), stdout, stderr);
        } catch (IOException e) {
            stderr.close();
            throw e;
        }
    }

    private record Spawned(
            long pid, CompletableFuture<Integer> onExit, ProgramOutputFile stdout, ProgramOutputFile stderr)
            implements StartedProgram {}

    /** Starts a program, or passes a script without an interpreter line to the shell, as {@code execvp(3)} does. */
    private int spawnOrInterpret(List<String> argv, UnnamedOutputFile stdout, UnnamedOutputFile stderr)
            throws IOException {
        try {
            return spawn(argv, stdout, stderr);
        } catch (Libc.Failure e) {
            if (e.error() != Libc.ENOEXEC) {
                throw e;
            }
            List<String> interpreted = new ArrayList<>(argv);
            interpreted.set(
                    0, ExecutableLookup.find(argv.getFirst()).map(File::getPath).orElseThrow(() -> e));
            interpreted.addFirst(SHELL);
            return spawn(interpreted, stdout, stderr);
        }
    }

    private int spawn(List<String> argv, UnnamedOutputFile stdout, UnnamedOutputFile stderr) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = new NativeMemory(arena);
            long actions = memory.allocate(STRUCT_BYTES);
            Libc.POSIX_SPAWN_FILE_ACTIONS_INIT.call(actions);
            try {
                Libc.POSIX_SPAWN_FILE_ACTIONS_ADDOPEN.call(actions, 0, devNull, 0, 0);
                Libc.POSIX_SPAWN_FILE_ACTIONS_ADDDUP2.call(actions, stdout.descriptor(), 1);
                Libc.POSIX_SPAWN_FILE_ACTIONS_ADDDUP2.call(actions, stderr.descriptor(), 2);
                // The JDK does not mark all its files and sockets as close-on-exec.
                Libc.POSIX_SPAWN_FILE_ACTIONS_ADDCLOSEFROM_NP.call(actions, 3);
                long words = memory.strings(argv);
                NativeMemory.Int pid = memory.allocateInt();
                int error = Libc.POSIX_SPAWNP.call(
                        pid.address(), memory.string(argv.getFirst()), actions, attributes, words, environment);
                if (error != 0) {
                    throw new Libc.Failure(error);
                }
                return pid.get();
            } finally {
                Libc.POSIX_SPAWN_FILE_ACTIONS_DESTROY.call(actions);
            }
        }
    }
}

package dev.juggler.work.exec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.Waiting;
import dev.juggler.libc.Libc;
import dev.juggler.libc.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProcessReaperTest {
    private static final int KILLED = 137;

    private ProcessReaper reaper;

    @BeforeAll
    static void onlyWhereItIsPossible() {
        assumeTrue(PosixSpawnStarter.isSupported(), "posix_spawn is used on Linux with glibc only");
    }

    @BeforeEach
    void start() throws Exception {
        reaper = ProcessReaper.start();
    }

    /** Starts a shell that the JDK knows nothing of. */
    private static int spawn(String script) throws Libc.Failure {
        try (Arena arena = Arena.ofConfined()) {
            NativeMemory memory = new NativeMemory(arena);
            NativeMemory.Int pid = memory.allocateInt();
            long argv = memory.strings(List.of("sh", "-c", script));
            int error = Libc.POSIX_SPAWNP.call(pid.address(), memory.string("sh"), 0, 0, argv, Libc.environment());
            assertEquals(0, error);
            return pid.get();
        }
    }

    private int exitOf(String script) throws Exception {
        return get(reaper.watch(spawn(script)));
    }

    private static int get(CompletableFuture<Integer> exit) throws Exception {
        return exit.get(60, TimeUnit.SECONDS);
    }

    @Test
    void takesTheExitStatus() throws Exception {
        assertEquals(0, exitOf("true"));
        assertEquals(7, exitOf("exit 7"));
        assertEquals(255, exitOf("exit 255"));
    }

    @Test
    void aSignalIs128PlusItsNumber() throws Exception {
        assertEquals(KILLED, exitOf("kill -KILL $$"));
        assertEquals(143, exitOf("kill -TERM $$"));
    }

    @Test
    void manyProgramsAtOnceHaveTheirOwnStatusEach() throws Exception {
        List<CompletableFuture<Integer>> exits = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            exits.add(reaper.watch(spawn("exit " + i)));
        }
        for (int i = 0; i < exits.size(); i++) {
            assertEquals(i, get(exits.get(i)));
        }
    }

    @Test
    void aProgramThatExitedBeforeItIsWatchedIsSeen() throws Exception {
        int pid = spawn("exit 5");
        Waiting.until("the program has exited", () -> state(pid) == 'Z');
        assertEquals(5, get(reaper.watch(pid)));
    }

    private static char state(int pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    @Test
    void takesUpItsWorkAgainAfterATimeWithoutPrograms() throws Exception {
        assertEquals(1, exitOf("exit 1"));
        Waiting.until(
                "all reapers wait in Java",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("exec-reaper"))
                        .allMatch(thread -> thread.getState() == Thread.State.WAITING));
        assertEquals(2, exitOf("exit 2"));
    }

    @Test
    void leavesTheChildrenOfTheJdkToTheJdk() throws Exception {
        Process child = new ProcessBuilder("sh", "-c", "exit 3").start();
        assertEquals(4, exitOf("exit 4"));
        assertEquals(3, child.waitFor());
    }

    private static long pidfds() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.filter(ProcessReaperTest::isPidfd).count();
        }
    }

    private static boolean isPidfd(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().contains("pidfd");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** The child of a child: its exit can be seen, but its status belongs to another process. */
    @Test
    void failsTheFutureWhenTheStatusCannotBeTaken() throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 600 >/dev/null & echo $!").start();
        int pid = Integer.parseInt(parent.inputReader().readLine());
        CompletableFuture<Integer> exit = reaper.watch(pid);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        ExecutionException failed = assertThrows(ExecutionException.class, () -> get(exit));
        assertInstanceOf(Libc.Failure.class, failed.getCause());
        assertEquals(6, exitOf("exit 6"), "others are seen all the same");
        Waiting.until("no process file descriptor is open", () -> pidfds() == 0);
    }

    @Test
    void rejectsAProcessThatDoesNotExist() throws Exception {
        int pid = spawn("true");
        assertEquals(0, get(reaper.watch(pid)));
        assertThrows(Libc.Failure.class, () -> reaper.watch(pid));
    }
}

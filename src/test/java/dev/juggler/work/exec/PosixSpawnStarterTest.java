package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.shell;
import static dev.juggler.work.exec.ExecStyle.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.job.Value.Exited;
import dev.juggler.job.Value.Output;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.io.FileOutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the duties of a start with posix_spawn that the JDK performs for its own children. */
class PosixSpawnStarterTest {
    /** The two signals that glibc reserves for itself, which posix_spawn leaves ignored. */
    private static final long OF_GLIBC = 0b11L << 31;

    @TempDir
    private Path folder;

    @BeforeAll
    static void assumePosixSpawn() {
        assumeTrue(PosixSpawnStarter.isSupported(), "posix_spawn is used on Linux with glibc only");
        assertTrue(PlatformStarter.starter() instanceof PosixSpawnStarter);
    }

    @Test
    void programGetsNoOpenFileOrSocketOfTheJvm() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                FileOutputStream file =
                        new FileOutputStream(folder.resolve("open").toFile())) {
            file.write(1);
            // The shell expands the glob before it opens any file.
            assertEquals("0 1 2\n", stdout("for fd in /proc/$$/fd/*; do [ -e $fd ] && echo ${fd##*/}; done | xargs"));
            assertTrue(client.isConnected());
        }
    }

    @Test
    void programStartsWithoutBlockedOrIgnoredSignals() throws Exception {
        String status = stdout("grep -E '^Sig(Blk|Ign)' /proc/self/status");

        assertEquals(0, mask(status, "SigBlk"));
        assertEquals(0, mask(status, "SigIgn") & ~OF_GLIBC);
    }

    private static long mask(String status, String name) {
        String line =
                status.lines().filter(one -> one.startsWith(name)).findFirst().orElseThrow();
        return new BigInteger(line.substring(line.indexOf('\t') + 1).strip(), 16).longValue();
    }

    @Test
    void programLeadsASessionFromTheStart() throws Exception {
        // Process id, parent, group, session.
        String[] ids =
                stdout("cut -d' ' -f1,4,5,6 < /proc/$$/stat; : $$").strip().split(" ");

        assertEquals(ids[0], ids[2]);
        assertEquals(ids[0], ids[3]);
        assertEquals(Long.toString(ProcessHandle.current().pid()), ids[1]);
    }

    @Test
    void outputHasNoNameEvenWhileTheProgramRuns() throws Exception {
        String file = stdout("readlink /proc/$$/fd/1");

        assertTrue(file.strip().endsWith("(deleted)"), file);
    }

    @ParameterizedTest
    @EnumSource
    void concurrentProgramsAndChildrenOfTheJdkGetTheirOwnExitStatus(ExecStyle style) throws Exception {
        List<ExecStyle.Running> ours = new ArrayList<>();
        List<Process> jdks = new ArrayList<>();
        try (ExecWork work = ExecWork.prepare(shell("exit {}"))) {
            for (int i = 0; i < 100; i++) {
                ours.add(style.start(work, task(i, Integer.toString(i))));
                if (i % 10 == 0) {
                    jdks.add(new ProcessBuilder("/bin/sh", "-c", "exit " + i).start());
                }
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(i, ((Exited) ours.get(i).await().value()).exit());
            }
        }
        for (int i = 0; i < jdks.size(); i++) {
            assertTrue(jdks.get(i).waitFor(20, TimeUnit.SECONDS));
            assertEquals(10 * i, jdks.get(i).exitValue());
        }
    }

    @Test
    void noFilesStayOpenInTheJvm() throws Exception {
        stdout("true");
        long before = openFiles();
        for (int i = 0; i < 20; i++) {
            stdout("echo out; echo err >&2");
            ExecStyle.BLOCKING.run(ExecStyle.argv("{}"), "no-such-program");
        }

        // Other threads of the JVM may open one or two; a leak of twenty runs would be forty.
        assertTrue(openFiles() < before + 10, () -> "open files: " + before + " before, many more now");
    }

    private static long openFiles() throws Exception {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    @Test
    void folderIsDeletedAfterItsLongOutputsWereDeleted() throws Exception {
        Path kept;
        try (ExecWork work = ExecWork.prepare(new ExecSpec(List.of("seq 1000 #"), true, 10))) {
            Exited exited = (Exited) work.blocking().run(task(0, "")).value();
            kept = Path.of(exited.stdout().file());
            Files.delete(kept);
        }

        assertFalse(Files.exists(kept.getParent()));
    }

    @Test
    void longOutputOfAFileSystemWithoutUnnamedFilesIsKeptToo() throws Exception {
        ProgramOutputFolder outputs = ProgramOutputFolder.create(3);
        Output output;
        try (UnnamedOutputFile file =
                new UnnamedOutputFile(outputs, "1.stdout", UnnamedOutputFile.openAndUnlink(folder))) {
            Files.writeString(Path.of("/proc/self/fd/" + file.descriptor()), "a long output");
            output = file.collect();
        }

        assertEquals("a l", output.text());
        assertEquals("a long output", Files.readString(Path.of(output.file())));
        try (var names = Files.list(folder)) {
            assertFalse(names.findAny().isPresent());
        }
        Files.delete(Path.of(output.file()));
        Files.delete(Path.of(output.file()).getParent());
    }

    private static String stdout(String script) throws Exception {
        return ((Exited) ExecStyle.BLOCKING
                        .run(shell("( " + script + " ) # {}"), "x")
                        .value())
                .stdout()
                .text();
    }
}

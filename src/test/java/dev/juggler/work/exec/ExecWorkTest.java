package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.argv;
import static dev.juggler.work.exec.ExecStyle.shell;
import static dev.juggler.work.exec.ExecStyle.task;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.job.Result;
import dev.juggler.job.Value.Exited;
import dev.juggler.job.WorkSpec.ExecSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExecWorkTest {
    private static final ExecSpec MEGABYTES = new ExecSpec(
            List.of("/bin/sh", "-c", "head -c 5000000 /dev/zero | tr '\\0' x; echo bad >&2", "{}"), false, 1000);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void exitZeroSucceedsWithSeparateOutputs(ExecStyle style) throws Exception {
        Result result = style.run(shell("echo out {}; echo err >&2"), "x");

        Exited exited =
                (Exited) assertInstanceOf(Result.Succeeded.class, result).value();
        assertEquals(0, exited.exit());
        assertEquals("out x\n", exited.stdout().text());
        assertEquals("err\n", exited.stderr().text());
        assertNull(exited.stdout().file());
    }

    @ParameterizedTest
    @EnumSource
    void otherExitFailsWithTheLastLineOfStderr(ExecStyle style) throws Exception {
        Result result = style.run(shell("echo first >&2; echo second >&2; exit 3"), "x");

        assertEquals("exit", result.error().type());
        assertEquals("exit status 3: second", result.error().message());
        assertTrue(result.error().retryable());
        assertEquals(3, ((Exited) result.value()).exit());
    }

    @ParameterizedTest
    @EnumSource
    void signalFailsWithItsName(ExecStyle style) throws Exception {
        Result result = style.run(shell("kill -KILL $$"), "x");

        assertEquals("signal", result.error().type());
        assertEquals("exit status 137 (signal KILL)", result.error().message());
        assertEquals(137, ((Exited) result.value()).exit());
    }

    @ParameterizedTest
    @EnumSource
    void stdinIsEmpty(ExecStyle style) throws Exception {
        Result result = style.run(argv("cat", "-"), "-");

        assertEquals(
                "",
                ((Exited) assertInstanceOf(Result.Succeeded.class, result).value())
                        .stdout()
                        .text());
    }

    @ParameterizedTest
    @EnumSource
    void missingProgramFromTheInputFailsToSpawn(ExecStyle style) throws Exception {
        Result result = style.run(argv("{}", "x"), "no-such-program");

        assertEquals("spawn", result.error().type());
        assertTrue(result.error().message().contains("'no-such-program' in PATH"), result.error()::message);
    }

    @ParameterizedTest
    @MethodSource("starters")
    void unstartableProgramFailsToSpawn(ProgramStarter starter) throws Exception {
        Path script = script("#!/no/such/interpreter\n");
        try (ExecWork work = ExecWork.prepare(argv("{}"), () -> starter, ExecWork.GRACE)) {
            Result result = work.blocking().run(task(0, script.toString()));
            assertEquals("spawn", result.error().type());
            assertTrue(result.error().message().contains("No such file"), result.error()::message);
        }
    }

    @ParameterizedTest
    @MethodSource("starters")
    void scriptWithoutInterpreterLineIsRunByTheShell(ProgramStarter starter) throws Exception {
        assumeTrue(starter.ownGroups(), "the JDK alone knows no such scripts");
        Path script = script("echo \"$0 $1\"\n");
        try (ExecWork work = ExecWork.prepare(argv(script.toString(), "{}"), () -> starter, ExecWork.GRACE)) {
            Result result = work.blocking().run(task(0, "an input"));
            assertEquals(
                    script + " an input\n", ((Exited) result.value()).stdout().text());
        }
    }

    private Path script(String text) throws Exception {
        Path script = Files.writeString(folder.resolve("script"), text);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    }

    static List<ProgramStarter> starters() {
        return List.of(
                PlatformStarter.starter(),
                JdkProgramStarter.withSetsidIfInstalled(),
                new JdkProgramStarter(Optional.empty()));
    }

    @Test
    void programThatExitsWith127IsNoSpawnFailure() throws Exception {
        Result result = ExecStyle.BLOCKING.run(shell("no-such-program-in-the-script"), "x");

        assertEquals("exit", result.error().type());
        assertEquals(127, ((Exited) result.value()).exit());
    }

    @ParameterizedTest
    @EnumSource
    void overlongArgumentFailsToSpawn(ExecStyle style) throws Exception {
        Result result = style.run(argv("true"), "x".repeat(1 << 20));

        assertEquals("spawn", result.error().type());
        assertTrue(result.error().message().contains("too long"), result.error()::message);
    }

    @ParameterizedTest
    @EnumSource
    void inputWithNulFails(ExecStyle style) throws Exception {
        assertEquals("input", style.run(argv("true"), "a\0b").error().type());
    }

    @ParameterizedTest
    @EnumSource
    void longOutputIsBoundedInMemoryAndCompleteInAFileThatIsKept(ExecStyle style) throws Exception {
        Exited exited = (Exited) style.run(MEGABYTES, "x").value();

        byte[] beginning = new byte[1000];
        Arrays.fill(beginning, (byte) 'x');
        assertArrayEquals(beginning, exited.stdout().bytes());
        assertEquals(5_000_000, exited.stdout().length());
        Path file = Path.of(exited.stdout().file());
        assertEquals(5_000_000, Files.size(file));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        assertEquals(List.of(file), list(file.getParent()));
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Test
    void lastLineOfALongStderrIsFound() throws Exception {
        ExecSpec spec = new ExecSpec(List.of("seq 5000 >&2; exit 1"), true, 10);
        Result result = ExecStyle.BLOCKING.run(spec, "x");

        assertEquals("exit status 1: 5000", result.error().message());
        Path file = Path.of(((Exited) result.value()).stderr().file());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @ParameterizedTest
    @MethodSource("starters")
    void smallOutputsLeaveNoFiles(ProgramStarter starter) throws Exception {
        Path output;
        try (ExecWork work = ExecWork.prepare(shell("readlink /proc/$$/fd/1"), () -> starter, ExecWork.GRACE)) {
            Exited exited = (Exited) work.blocking().run(task(0, "x")).value();
            output = Path.of(exited.stdout().text().strip());
        }

        assertTrue(output.startsWith(System.getProperty("java.io.tmpdir")), output::toString);
        assertFalse(Files.exists(output));
        assertTrue(
                output.getParent().equals(Path.of(System.getProperty("java.io.tmpdir")))
                        || !Files.exists(output.getParent()),
                output::toString);
    }

    @ParameterizedTest
    @EnumSource
    void outputsOfConcurrentProgramsAreSeparate(ExecStyle style) throws Exception {
        try (ExecWork work = ExecWork.prepare(shell("for i in 1 2 3 4 5; do echo {}; done"))) {
            List<ExecStyle.Running> all = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                all.add(style.start(work, task(i, "task" + i)));
            }
            for (int i = 0; i < 40; i++) {
                assertEquals(
                        ("task" + i + "\n").repeat(5),
                        ((Exited) all.get(i).await().value()).stdout().text());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void daemonWithOpenOutputsDoesNotDelayTheTask(ExecStyle style) throws Exception {
        Result result = style.run(shell(": {}; sleep 1000 & echo $!"), "x");

        long daemon = Long.parseLong(
                ((Exited) assertInstanceOf(Result.Succeeded.class, result).value())
                        .stdout()
                        .text()
                        .strip());
        assertTrue(ProcessHandle.of(daemon).orElseThrow().destroyForcibly());
    }

    private static List<Path> list(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}

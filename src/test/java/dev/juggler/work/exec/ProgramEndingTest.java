package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.shell;
import static dev.juggler.work.exec.ExecStyle.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.Result;
import dev.juggler.job.Value.Exited;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that an attempt that ends early ends the program and its descendants. */
class ProgramEndingTest {
    private static final Duration SHORT_GRACE = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    /** Each script writes the id of the grandchild last, so that the output exists when the id does. */
    static Stream<Arguments> startersAndProcessTrees() {
        ProgramStarter setsid = JdkProgramStarter.withSetsidIfInstalled();
        ProgramStarter plain = new JdkProgramStarter(Optional.empty());
        return Arrays.stream(ExecStyle.values())
                .flatMap(style -> Stream.concat(
                        Stream.of(PlatformStarter.starter(), setsid)
                                .flatMap(starter -> Stream.of(
                                        Arguments.of(style, starter, "sleep 1000 & echo so far; echo $! > {}; wait"),
                                        Arguments.of(
                                                style,
                                                starter,
                                                "(trap '' TERM; sleep 1000) & echo so far; echo $! > {}; wait"),
                                        Arguments.of(
                                                style,
                                                starter,
                                                "timeout 1000 sleep 1000 & echo so far; echo $! > {}; wait"),
                                        Arguments.of(
                                                style,
                                                starter,
                                                "setsid sleep 1000 & echo so far; echo $! > {}; wait"))),
                        Stream.of(Arguments.of(style, plain, "sleep 1000 & echo so far; echo $! > {}; wait"))));
    }

    @ParameterizedTest
    @MethodSource("startersAndProcessTrees")
    void descendantsEndAndTheOutputSoFarIsKept(ExecStyle style, ProgramStarter starter, String script)
            throws Exception {
        try (ExecWork work = ExecWork.prepare(shell(script), () -> starter, SHORT_GRACE)) {
            ExecStyle.Running running = style.start(work, task(0, pidFile().toString()));
            ProcessHandle grandchild = grandchild();
            assertTrue(ProcessState.isRunning(grandchild));

            running.cancel().run();

            Exited exited = (Exited)
                    assertInstanceOf(Result.Cancelled.class, running.await()).value();
            assertEquals("so far\n", exited.stdout().text());
            assertFalse(ProcessState.isRunning(grandchild));
        }
    }

    @ParameterizedTest
    @EnumSource
    void programThatHandlesTermCleansUp(ExecStyle style) throws Exception {
        String script = "trap 'echo cleaned; exit 7' TERM; echo $$ > {}; while :; do sleep 0.01; done";
        try (ExecWork work = ExecWork.prepare(shell(script))) {
            ExecStyle.Running running = style.start(work, task(0, pidFile().toString()));
            grandchild();

            running.cancel().run();

            Exited exited = (Exited) running.await().value();
            assertEquals("cleaned\n", exited.stdout().text());
            assertEquals(7, exited.exit());
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelBeforeTheStartLeavesNoProgramRunning(ExecStyle style) throws Exception {
        try (ExecWork work = ExecWork.prepare(shell("exec sleep 1000 # {}"))) {
            ExecStyle.Running running = style.start(work, task(0, "x"));
            running.cancel().run();

            assertInstanceOf(Result.Cancelled.class, running.await());
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeEndsRunningProgramsAndStartsNoMore(ExecStyle style) throws Exception {
        ExecWork work = ExecWork.prepare(shell("echo $$ > {}; exec sleep 1000"));
        ExecStyle.Running running = style.start(work, task(0, pidFile().toString()));
        ProcessHandle program = grandchild();

        work.close();

        assertInstanceOf(Result.Cancelled.class, running.await());
        assertFalse(ProcessState.isRunning(program));
        assertInstanceOf(Result.Cancelled.class, style.start(work, task(1, "x")).await());
    }

    private Path pidFile() {
        return folder.resolve("pid");
    }

    private ProcessHandle grandchild() throws Exception {
        Waiting.until(() -> pidFile().toFile().exists() && pidFile().toFile().length() > 1);
        long pid = Long.parseLong(Files.readString(pidFile()).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }
}

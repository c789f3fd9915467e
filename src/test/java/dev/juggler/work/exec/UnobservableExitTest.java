package dev.juggler.work.exec;

import static dev.juggler.work.exec.ExecStyle.argv;
import static dev.juggler.work.exec.ExecStyle.shell;
import static dev.juggler.work.exec.ExecStyle.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.juggler.Waiting;
import dev.juggler.job.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that attempts end in both styles when the exit of their program cannot be observed. */
class UnobservableExitTest {
    private static final Duration SHORT_GRACE = Duration.ofMillis(300);

    private final AtomicReference<StartedProgram> started = new AtomicReference<>();

    @TempDir
    private Path folder;

    /** Starts programs as usual, with exits that fail. */
    private record FailingExitStarter(
            ProgramStarter starter, CompletableFuture<Integer> exit, AtomicReference<StartedProgram> started)
            implements ProgramStarter {
        @Override
        public boolean ownGroups() {
            return starter.ownGroups();
        }

        @Override
        public boolean bySetsid() {
            return starter.bySetsid();
        }

        @Override
        public StartedProgram start(List<String> argv, ProgramOutputFolder outputs, String name) throws IOException {
            StartedProgram program = starter.start(argv, outputs, name);
            started.set(program);
            return new FailingExitProgram(program.pid(), exit, program.stdout(), program.stderr());
        }
    }

    private record FailingExitProgram(
            long pid, CompletableFuture<Integer> onExit, ProgramOutputFile stdout, ProgramOutputFile stderr)
            implements StartedProgram {}

    private FailingExitStarter failingExit(CompletableFuture<Integer> exit) {
        return new FailingExitStarter(PlatformStarter.starter(), exit, started);
    }

    @ParameterizedTest
    @EnumSource
    void unobservableExitFailsTheTask(ExecStyle style) throws Exception {
        FailingExitStarter starter = failingExit(CompletableFuture.failedFuture(new IOException("no child processes")));
        try (ExecWork work = ExecWork.prepare(argv("true"), () -> starter, SHORT_GRACE)) {
            Result result = style.start(work, task(0, "x")).await();
            assertInstanceOf(Result.Failed.class, result);
            assertEquals("exception", result.error().type());
            assertEquals(
                    "cannot observe the exit of 'true': no child processes",
                    result.error().message());
        }
    }

    @ParameterizedTest
    @EnumSource
    void programWithUnobservableExitIsEnded(ExecStyle style) throws Exception {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        FailingExitStarter starter = failingExit(exit);
        try (ExecWork work = ExecWork.prepare(shell("echo $$ > {}; exec sleep 1000"), () -> starter, SHORT_GRACE)) {
            ExecStyle.Running running =
                    style.start(work, task(0, folder.resolve("pid").toString()));
            Waiting.until(() -> Files.exists(folder.resolve("pid")));

            exit.completeExceptionally(new IOException("bad file descriptor"));

            assertInstanceOf(Result.Failed.class, running.await());
            Waiting.until(() -> !started.get().isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelledAttemptEndsWithoutAnObservableExit(ExecStyle style) throws Exception {
        CompletableFuture<Integer> exit = new CompletableFuture<>();
        FailingExitStarter starter = failingExit(exit);
        try (ExecWork work = ExecWork.prepare(shell("echo $$ > {}; exec sleep 1000"), () -> starter, SHORT_GRACE)) {
            ExecStyle.Running running =
                    style.start(work, task(0, folder.resolve("pid").toString()));
            Waiting.until(() -> Files.exists(folder.resolve("pid")));

            running.cancel().run();

            running.await();
            Waiting.until(() -> !started.get().isAlive());
            assertFalse(exit.isDone());
        }
    }
}

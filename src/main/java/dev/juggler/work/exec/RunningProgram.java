package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value.Exited;
import dev.juggler.work.DiskFull;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A program that was started for one attempt of a task. */
final class RunningProgram implements LaunchResult {
    /** The exit status of one that has none, since it would not even go by KILL. */
    private static final int NO_EXIT = -1;

    private final ProgramLauncher launcher;
    private final String name;
    private final StartedProgram program;
    private volatile boolean ended;

    RunningProgram(ProgramLauncher launcher, String name, StartedProgram program) {
        this.launcher = launcher;
        this.name = name;
        this.program = program;
    }

    /** Waits until the program has exited, or until its exit can no longer be seen: {@link #collect} reports both. */
    void waitFor() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        var _ = program.onExit().whenComplete((status, unseen) -> over.countDown());
        over.await();
    }

    /**
     * Completes when the program has exited, whatever it has left running; fails when its exit cannot be seen. On a
     * thread that must not be held up.
     */
    CompletableFuture<Integer> onExit() {
        return program.onExit();
    }

    /** Ends the program and all that it started; blocks for the grace and half a second more at most. */
    void end() {
        ended = true;
        ProcessTree.end(program, launcher.starter().ownGroups(), launcher.grace());
    }

    /** Returns the result of the program, after it has exited or was ended. Reads its outputs, so it blocks. */
    Result collect() {
        launcher.ended(this);
        return program.onExit().isCompletedExceptionally() ? unseen() : collectOutputs();
    }

    /**
     * Ends a program whose exit cannot be seen, since nothing else would, and drops its outputs, which may be
     * incomplete.
     */
    private Result unseen() {
        try (ProgramOutputFile _ = program.stdout();
                ProgramOutputFile _ = program.stderr()) {
            if (!ended) {
                end();
            }
        } catch (IOException e) {
            return new Result.Failed(lost(e));
        }
        return new Result.Failed(TaskError.permanent(
                "exception",
                "the exit of '" + name + "' was not seen: "
                        + program.onExit().exceptionNow().getMessage()));
    }

    private Result collectOutputs() {
        try (ProgramOutputFile stdout = program.stdout();
                ProgramOutputFile stderr = program.stderr()) {
            // Before the files are removed, which would make room.
            boolean full = launcher.folder().isFull();
            Exited value = new Exited(program.onExit().getNow(NO_EXIT), stdout.collect(), stderr.collect());
            return full ? cut(value) : result(value);
        } catch (IOException e) {
            return ended ? Result.Cancelled.because("ended, and its output removed", null) : new Result.Failed(lost(e));
        }
    }

    private Result result(Exited value) throws IOException {
        if (ended) {
            return Result.Cancelled.because("ended", value);
        }
        if (value.exit() == 0) {
            return new Result.Succeeded(value);
        }
        return new Result.Failed(ExitErrors.of(name, value, launcher.starter().bySetsid()), value);
    }

    private static TaskError lost(IOException e) {
        String message = "the output cannot be kept: " + e;
        return DiskFull.isReportedBy(e.getMessage()) ? TaskError.unwritable(message) : TaskError.passing("io", message);
    }

    private Result cut(Exited value) {
        return new Result.Failed(
                TaskError.unwritable("the disk of " + launcher.folder()
                        + " is full, so output may be missing: free some space, or set TMPDIR to"
                        + " another place"),
                value);
    }
}

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
    /** The exit status of a program that did not even end after KILL. */
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

    /**
     * Waits until the program has exited, or until its exit can no longer be observed. {@link #collect} reports both.
     */
    void waitFor() throws InterruptedException {
        CountDownLatch exited = new CountDownLatch(1);
        var _ = program.onExit().whenComplete((status, failure) -> exited.countDown());
        exited.await();
    }

    /**
     * Completes when the program has exited, even if its descendants still run. Fails when the exit cannot be observed.
     * Completes on a thread that must not be blocked.
     */
    CompletableFuture<Integer> onExit() {
        return program.onExit();
    }

    /** Ends the program and its descendants. Blocks for at most the grace and half a second. */
    void end() {
        ended = true;
        ProcessTree.end(program, launcher.starter().ownGroups(), launcher.grace());
    }

    /** Returns the result of the program after it has exited or was ended. Blocks while it reads the outputs. */
    Result collect() {
        launcher.ended(this);
        return program.onExit().isCompletedExceptionally() ? endUnobserved() : collectOutputs();
    }

    /**
     * Ends a program whose exit cannot be observed, because nothing else would, and discards its outputs, which may be
     * incomplete.
     */
    private Result endUnobserved() {
        try (ProgramOutputFile _ = program.stdout();
                ProgramOutputFile _ = program.stderr()) {
            if (!ended) {
                end();
            }
        } catch (IOException e) {
            return new Result.Failed(outputError(e));
        }
        return new Result.Failed(TaskError.permanent(
                "exception",
                "cannot observe the exit of '" + name + "': "
                        + program.onExit().exceptionNow().getMessage()));
    }

    private Result collectOutputs() {
        try (ProgramOutputFile stdout = program.stdout();
                ProgramOutputFile stderr = program.stderr()) {
            // Checked before the files are deleted, which would free space.
            boolean full = launcher.folder().isFull();
            Exited value = new Exited(program.onExit().getNow(NO_EXIT), stdout.collect(), stderr.collect());
            return full ? possiblyTruncated(value) : result(value);
        } catch (IOException e) {
            return ended
                    ? Result.Cancelled.because("ended, and its output deleted", null)
                    : new Result.Failed(outputError(e));
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

    private static TaskError outputError(IOException e) {
        String message = "cannot save the output: " + e;
        return DiskFull.isReportedBy(e.getMessage()) ? TaskError.unwritable(message) : TaskError.passing("io", message);
    }

    private Result possiblyTruncated(Exited value) {
        return new Result.Failed(
                TaskError.unwritable("the disk of " + launcher.folder()
                        + " is full, so output may be missing: free some space, or set TMPDIR to"
                        + " another folder"),
                value);
    }
}

package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value.Exited;
import dev.juggler.work.DiskFull;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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

    void waitFor() throws InterruptedException {
        try {
            program.onExit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the exit of '" + name + "' was not seen", e.getCause());
        }
    }

    /** Completes on a thread that must not be held up when the program has exited, whatever it has left running. */
    CompletableFuture<Integer> onExit() {
        return program.onExit();
    }

    /** Ends the program and all that it started; blocks for the grace and half a second more at most. */
    void end() {
        ended = true;
        ProcessTree.end(program, launcher.starter().ownGroups(), launcher.grace());
    }

    /** What came of the program, after it has exited or was ended. Reads its outputs, so it blocks. */
    Result collect() {
        launcher.ended(this);
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
        return DiskFull.isToldBy(e.getMessage()) ? TaskError.unwritable(message) : TaskError.passing("io", message);
    }

    private Result cut(Exited value) {
        return new Result.Failed(
                TaskError.unwritable("the disk of " + launcher.folder()
                        + " is full, so output may be missing: free some space, or set TMPDIR to"
                        + " another place"),
                value);
    }
}

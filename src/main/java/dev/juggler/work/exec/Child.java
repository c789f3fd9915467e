package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value.Exited;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** A program that was started for one attempt of a task. */
final class Child implements Launch {
    /** The exit status of one that has none, since it would not even go by KILL. */
    private static final int NO_EXIT = -1;

    private final Launcher launcher;
    private final String program;
    private final Process process;
    private final OutputFiles files;
    private volatile boolean ended;

    Child(Launcher launcher, String program, Process process, OutputFiles files) {
        this.launcher = launcher;
        this.program = program;
        this.process = process;
        this.files = files;
    }

    void waitFor() throws InterruptedException {
        process.waitFor();
    }

    /** Completes on a thread of the JDK's when the program has exited, whatever it has left running. */
    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /** Ends the program and all that it started; blocks for the grace and half a second more at most. */
    void end() {
        ended = true;
        Family.end(process, launcher.ownGroups(), launcher.grace());
    }

    /** What came of the program, after it has exited or was ended. Reads its outputs, so it blocks. */
    Result collect() {
        launcher.ended(this);
        try {
            // Before the files are removed, which would make room.
            boolean full = launcher.folder().isFull();
            Exited value = new Exited(
                    process.isAlive() ? NO_EXIT : process.exitValue(),
                    launcher.folder().collect(files.stdout()),
                    launcher.folder().collect(files.stderr()));
            return full ? cut(value) : result(value);
        } catch (IOException e) {
            return ended
                    ? Result.Cancelled.because("ended, and its output removed", null)
                    : new Result.Failed(TaskError.passing("io", "the output cannot be read: " + e));
        }
    }

    private Result result(Exited value) throws IOException {
        if (ended) {
            return Result.Cancelled.because("ended", value);
        }
        if (value.exit() == 0) {
            return new Result.Succeeded(value);
        }
        return new Result.Failed(ExitErrors.of(program, value, launcher.ownGroups()), value);
    }

    private Result cut(Exited value) {
        return new Result.Failed(
                TaskError.passing(
                        "io",
                        "the disk of " + launcher.folder()
                                + " is full, so output may be missing: free some space, or set -Djava.io.tmpdir to"
                                + " another place"),
                value);
    }
}

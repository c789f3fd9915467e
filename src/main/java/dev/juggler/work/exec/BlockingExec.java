package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;

/** Runs programs with a thread that waits for each. An interrupt ends the program; its output so far is kept. */
record BlockingExec(ProgramLauncher launcher) implements BlockingWork {

    @Override
    public Result run(Task task) {
        return switch (launcher.launch(task)) {
            case LaunchResult.NotStarted refused -> refused.result();
            case RunningProgram child -> await(child);
        };
    }

    private static Result await(RunningProgram child) {
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            child.end();
        }
        return child.collect();
    }
}

package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;

/** Runs programs with a thread that waits for each. An interrupt ends the program; its output so far is kept. */
record BlockingExec(Launcher launcher) implements BlockingWork {

    @Override
    public Result run(Task task) {
        return switch (launcher.launch(task)) {
            case Launch.NotStarted refused -> refused.result();
            case Child child -> await(child);
        };
    }

    private static Result await(Child child) {
        try {
            child.waitFor();
        } catch (InterruptedException e) {
            child.end();
        }
        return child.collect();
    }
}

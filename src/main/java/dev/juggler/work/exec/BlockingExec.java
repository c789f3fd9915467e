package dev.juggler.work.exec;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;

/** Runs programs with a waiting thread for each. An interrupt ends the program; its output so far is kept. */
record BlockingExec(ProgramLauncher launcher) implements BlockingWork {

    @Override
    public Result run(Task task) {
        return switch (launcher.launch(task)) {
            case LaunchResult.NotStarted rejected -> rejected.result();
            case RunningProgram program -> await(program);
        };
    }

    private static Result await(RunningProgram program) {
        try {
            program.waitFor();
        } catch (InterruptedException e) {
            program.end();
        }
        return program.collect();
    }
}

package dev.juggler.work.exec;

import dev.juggler.job.Result;

/** The result of starting a program: the running program, or the reason why it did not start. */
sealed interface LaunchResult permits RunningProgram, LaunchResult.NotStarted {

    /** The program did not start. The result is that of its task. */
    record NotStarted(Result result) implements LaunchResult {}
}

package dev.juggler.work.exec;

import dev.juggler.job.Result;

/** What came of the attempt to start a program. */
sealed interface LaunchResult permits RunningProgram, LaunchResult.NotStarted {

    /** It did not start, and this is the outcome of its task. */
    record NotStarted(Result result) implements LaunchResult {}
}

package dev.juggler.cli.run;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.util.List;

/** Counts tasks that are done and tasks that failed. Written by one thread and read by another. */
final class ProgressCount {
    private final Job job;
    private volatile long done;
    private volatile long failed;

    ProgressCount(Job job) {
        this.job = job;
    }

    void add(List<Outcome> outcomes) {
        long ended = 0;
        long bad = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.succeeded()) {
                ended++;
            } else if (!job.retry().retries(outcome.attempt(), outcome.result())) {
                ended++;
                bad++;
            }
        }
        done = done + ended;
        failed = failed + bad;
    }

    long done() {
        return done;
    }

    long failed() {
        return failed;
    }
}

package dev.juggler.cli.run;

import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts completed and failed tasks. Written by one thread and read by another. */
final class ProgressCount {
    private final Job job;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();

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
        done.add(ended);
        failed.add(bad);
    }

    long done() {
        return done.sum();
    }

    long failed() {
        return failed.sum();
    }
}

package dev.juggler.compare;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.report.Timeline;
import dev.juggler.work.WorkProvider;
import java.io.IOException;
import java.util.List;

/** Sees all outcomes of one run: digests them and, when asked, notes what a timeline needs. */
final class RunRecorder implements OutcomeHandler {
    private final Job job;
    private final OutcomeDigest digest = new OutcomeDigest();
    private final TimelineRecorder record;

    RunRecorder(Job job, boolean picture) {
        this.job = job;
        this.record = picture ? new TimelineRecorder(job) : null;
    }

    /** The work, watched when there is to be a timeline. */
    WorkProvider watched(WorkProvider work) {
        return record == null ? work : record.watched(work);
    }

    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            if (!job.retry().retries(outcome.attempt(), outcome.result())) {
                digest.add(outcome);
            }
            if (record != null) {
                record.add(outcome);
            }
        }
    }

    OutcomeDigest digest() {
        return digest;
    }

    /** Once the run is over; null when nobody asked. */
    Timeline timeline() {
        return record == null ? null : record.timeline();
    }
}

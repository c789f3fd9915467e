package dev.juggler.compare;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.report.MeasuredRun;
import dev.juggler.report.Timeline;
import dev.juggler.work.WorkProvider;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digests all outcomes of one run and, on request, records its timeline. */
final class RunRecorder implements OutcomeHandler {
    private final Job job;
    private final OutcomeDigest digest = new OutcomeDigest();
    private final @Nullable TimelineRecorder timelineRecorder;

    RunRecorder(Job job, boolean withTimeline) {
        this.job = job;
        this.timelineRecorder = withTimeline ? new TimelineRecorder(job) : null;
    }

    /** Instruments the work if a timeline is recorded; otherwise returns it unchanged. */
    WorkProvider instrument(WorkProvider work) {
        return timelineRecorder == null ? work : timelineRecorder.instrument(work);
    }

    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            if (!job.retry().retries(outcome.attempt(), outcome.result())) {
                digest.add(outcome);
            }
            if (timelineRecorder != null) {
                timelineRecorder.add(outcome);
            }
        }
    }

    MeasuredRun.Digests digests() {
        return digest.digests();
    }

    /** The timeline of the ended run; null if none was requested. */
    @Nullable
    Timeline timeline() {
        return timelineRecorder == null ? null : timelineRecorder.timeline();
    }
}

package dev.juggler.compare;

import dev.juggler.process.ChildService;
import dev.juggler.process.ParentLink;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Runs one candidate in a child JVM at each request of the parent, and replies with the measurements. */
public final class MeasurementService implements ChildService {
    /** A request for a run. */
    static final String RUN = "run";
    /** A request for a run that records a timeline. */
    static final String RUN_WITH_TIMELINE = "run-with-timeline";

    /** The time for a cancelled run to end and to clean up. */
    private static final long END_SECONDS = 60;

    private final Candidate candidate;
    private final CandidateMeasurer measurer;
    private final ParentLink parent;
    private final Runnable cancelRun;
    private final ExecutorService runs = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("juggler-runs").factory());

    /**
     * A service without a running job.
     *
     * @param cancelRun cancels the current run, if any
     */
    public MeasurementService(Candidate candidate, CandidateMeasurer measurer, ParentLink parent, Runnable cancelRun) {
        this.candidate = candidate;
        this.measurer = measurer;
        this.parent = parent;
        this.cancelRun = cancelRun;
    }

    @Override
    public void receive(String message) {
        runs.execute(
                () -> parent.reply(measure(message.equals(RUN_WITH_TIMELINE)).json()));
    }

    private MeasurementReply measure(boolean withTimeline) {
        try {
            return new MeasurementReply(measurer.measure(candidate, withTimeline), measurer.memory(), null);
        } catch (IOException | RuntimeException e) {
            return new MeasurementReply(null, measurer.memory(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new MeasurementReply(null, measurer.memory(), "the run was interrupted");
        }
    }

    /** Cancels the current run and waits until it has cleaned up. */
    @Override
    public void end() {
        runs.shutdown();
        cancelRun.run();
        try {
            runs.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

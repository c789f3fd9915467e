package dev.juggler.compare;

import dev.juggler.process.ChildProcess;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/**
 * Runs each candidate in a JVM of its own, which stays for all runs and idles while others run. So no model profits or
 * suffers from what the compiler has learnt from another, and memory is that of one model alone.
 */
public final class IsolatedMeasurer implements CandidateMeasurer {
    /** The time for a child to end before it is killed. */
    private static final long END_MILLIS = 10_000;

    private final Class<?> childMain;
    private final Function<Candidate, byte[]> assignments;
    private final Map<Candidate, ChildProcess> children = new HashMap<>();
    private String memory = "";

    /** A child's end is reported by the request that it leaves open. */
    private static final ChildProcess.Listener NO_LISTENER = new ChildProcess.Listener() {
        @Override
        public void ready() {}

        @Override
        public void ended(String why) {}
    };

    /**
     * A measurer that starts each child at its first run.
     *
     * @param childMain the main class of the children, which serves as a {@link MeasurementService}
     * @param assignments creates the assignment of a candidate's child
     */
    public IsolatedMeasurer(Class<?> childMain, Function<Candidate, byte[]> assignments) {
        this.childMain = childMain;
        this.assignments = assignments;
    }

    @Override
    public RunMeasurement measure(Candidate candidate, boolean withTimeline) throws IOException, InterruptedException {
        CompletableFuture<String> reply =
                child(candidate).request(withTimeline ? MeasurementService.RUN_WITH_TIMELINE : MeasurementService.RUN);
        MeasurementReply measurement = MeasurementReply.parse(await(candidate, reply));
        RunMeasurement measured = measurement.measured();
        if (measured == null) {
            throw new IOException(measurement.error());
        }
        memory = measurement.memory();
        return measured;
    }

    private ChildProcess child(Candidate candidate) throws IOException {
        ChildProcess child = children.get(candidate);
        if (child == null) {
            child = ChildProcess.start(candidate.toString(), childMain, false, NO_LISTENER);
            children.put(candidate, child);
            child.assign(assignments.apply(candidate));
        }
        return child;
    }

    private static String await(Candidate candidate, CompletableFuture<String> reply)
            throws IOException, InterruptedException {
        try {
            return reply.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    "the JVM of " + candidate + " ended before its run did: "
                            + reply.exceptionNow().getMessage(),
                    e);
        }
    }

    @Override
    public String memory() {
        return memory;
    }

    /** Ends all children, and kills those that do not end in time. */
    @Override
    public void close() {
        children.values().forEach(ChildProcess::end);
        children.values().forEach(IsolatedMeasurer::awaitEnd);
    }

    private static void awaitEnd(ChildProcess child) {
        try {
            if (!child.await(END_MILLIS)) {
                child.kill();
            }
        } catch (InterruptedException e) {
            child.kill();
            Thread.currentThread().interrupt();
        }
    }
}

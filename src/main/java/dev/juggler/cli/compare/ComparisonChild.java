package dev.juggler.cli.compare;

import dev.juggler.bus.WireRecords;
import dev.juggler.cli.command.CommandParser;
import dev.juggler.cli.command.CommandVertx;
import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.InProcessMeasurer;
import dev.juggler.compare.MeasurementService;
import dev.juggler.engine.JobRun;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.process.ChildService;
import dev.juggler.process.ParentLink;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The child JVM of {@code compare --isolate}, which runs one candidate. */
public final class ComparisonChild {
    private ComparisonChild() {}

    /**
     * The candidate of a child and the job.
     *
     * @param lists the files of inputs that replace those of the job; empty for none
     * @param words the arguments after {@code compare --}
     */
    private record Assignment(ConcurrencyModel model, int concurrency, List<String> lists, List<String> words) {}

    /** The assignment for the child of a candidate. */
    static byte[] assignment(Candidate candidate, InnerJob job) {
        return WireRecords.bytes(
                new Assignment(candidate.model(), candidate.concurrency(), job.lists().lists, job.words()));
    }

    /**
     * Starts the service of a child.
     *
     * @param parser parses the words of the job
     */
    public static ChildService start(CommandParser parser, byte[] bytes, ParentLink parent) {
        Assignment assignment = WireRecords.of(Assignment.class, bytes);
        InnerJob job = RepeatedJob.parse(parser, "compare", assignment.words());
        if (!assignment.lists().isEmpty()) {
            job.lists().lists = assignment.lists();
        }
        // The parent prints what a signal does.
        InterruptHandler signals = InterruptHandler.handle(line -> {});
        AtomicReference<@Nullable JobRun> current = new AtomicReference<>();
        MeasurementService service = new MeasurementService(
                new Candidate(assignment.model(), assignment.concurrency()),
                InProcessMeasurer.alone(new RepeatedJob(job), CommandVertx::forJob, run -> {
                    current.set(run);
                    signals.govern(run);
                }),
                parent,
                () -> cancel(current.get()));
        parent.ready();
        return service;
    }

    private static void cancel(@Nullable JobRun run) {
        if (run != null) {
            run.cancel();
        }
    }
}

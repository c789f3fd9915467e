package dev.juggler.cli.cluster;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.command.ExitCodes;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.engine.Await;
import dev.juggler.process.SignalHandlers;
import dev.juggler.report.SafeText;
import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Follows a job by its published events, and polls its status at intervals, since the bus may lose an event. */
final class JobWatch {
    private static final int POLL_SECONDS = 2;

    /** Failed polls until the cluster counts as unreachable; several times the duration of a takeover. */
    private static final int MAX_MISSED = 30;

    private static final int HUP = 1;
    private static final int INT = 2;
    private static final int TERM = 15;

    private final JobClient client;
    private final String id;
    private final boolean json;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private @Nullable JobStatus last;

    /** An event that the watcher wakes up for. */
    private sealed interface Event {
        record Changed(JobStatus status) implements Event {}

        record Interrupted(int number) implements Event {}
    }

    JobWatch(JobClient client, String id, boolean json) {
        this.client = client;
        this.id = id;
        this.json = json;
    }

    /** Prints progress until the job has ended or a signal arrives; returns the exit code. */
    int followToEnd() throws InterruptedException {
        List.of("HUP", "INT", "TERM")
                .forEach(name -> SignalHandlers.handle(name, () -> events.add(new Event.Interrupted(number(name)))));
        show(ClusterOptions.await(client.get(id)));
        ClusterOptions.await(client.events(id, status -> events.add(new Event.Changed(status))));
        int missed = 0;
        while (!last().hasEnded()) {
            switch (events.poll(POLL_SECONDS, TimeUnit.SECONDS)) {
                case Event.Interrupted(int number) -> {
                    CommandErrors.tell("job " + id + " still runs; follow it with: juggler watch " + id);
                    return ExitCodes.SIGNAL + number;
                }
                case Event.Changed(JobStatus status) -> show(status);
                case null -> missed = poll(missed);
            }
        }
        return exitCode(last());
    }

    private JobStatus last() {
        return Objects.requireNonNull(last, "no status was shown yet");
    }

    private static int number(String signal) {
        return switch (signal) {
            case "HUP" -> HUP;
            case "INT" -> INT;
            default -> TERM;
        };
    }

    /**
     * Polls the status. A cluster that does not reply is polled again, a limited number of times.
     *
     * @return the polls missed in a row
     */
    private int poll(int missed) throws InterruptedException {
        Future<JobStatus> status = client.get(id);
        try {
            show(Await.result(status));
            return 0;
        } catch (ExecutionException e) {
            boolean isTransient = e.getCause() instanceof JobServiceException rejection
                    && rejection.code() == JobServiceException.UNAVAILABLE;
            if (!isTransient || missed == MAX_MISSED) {
                Throwable cause = e.getCause();
                throw CommandFailure.unreachable(cause == null ? e.getMessage() : cause.getMessage());
            }
            return missed + 1;
        }
    }

    private void show(JobStatus status) {
        if (status.equals(last)) {
            return;
        }
        last = status;
        if (json) {
            ClusterCommand.print(status);
        } else {
            System.err.println(line(status));
        }
    }

    private static String line(JobStatus job) {
        long failed = JobsCommand.failed(job);
        String error = job.error() == null ? "" : ": " + SafeText.of(job.error());
        return "job " + job.id() + " " + JobsCommand.state(job) + ": " + JobsCommand.done(job) + " done, " + failed
                + " failed" + error;
    }

    /** Returns the exit code that the local command has for such an end. */
    static int exitCode(JobStatus job) {
        return switch (job.ending()) {
            case "completed" -> job.counts().done() == job.counts().succeeded() ? ExitCodes.OK : ExitCodes.TASKS_FAILED;
            case "halted" -> ExitCodes.HALTED;
            case "deadline" -> ExitCodes.DEADLINE;
            case "output-failed" -> ExitCodes.OUTPUT;
            case "invalid" -> ExitCodes.USAGE;
            case null, default -> ExitCodes.TASKS_FAILED;
        };
    }
}

package dev.juggler.cli.run;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.TaskError;
import java.util.List;
import java.util.function.Consumer;

/** Prints the first failed tasks on stderr, and then how to list the others. */
final class FailurePrinter implements OutcomeHandler {
    private static final int MAX_PRINTED = 20;
    private final Job job;
    private final Consumer<String> printer;
    private int printed;
    private volatile boolean unsaved;

    FailurePrinter(Job job, Consumer<String> printer) {
        this.job = job;
        this.printer = printer;
    }

    @Override
    public void accept(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            TaskError error = outcome.result().error();
            if (error != null && !outcome.succeeded() && outcome.state() != OutcomeState.CANCELLED && isLast(outcome)) {
                print(outcome, error);
                unsaved |= isUnsaved(error);
            }
        }
    }

    /** Returns whether writing failed, for example because the disk is full. */
    private boolean isUnsaved(TaskError error) {
        return error.endsRun()
                || (job.work().kind().savesFiles() && error.type().equals("io"));
    }

    /** Returns whether a body could not be saved. Called by any thread. */
    boolean unsaved() {
        return unsaved;
    }

    private boolean isLast(Outcome outcome) {
        return !job.retry().retries(outcome.attempt(), outcome.result());
    }

    private void print(Outcome outcome, TaskError error) {
        printed++;
        if (printed <= MAX_PRINTED) {
            printer.accept(outcome.state().id() + ": " + outcome.task().key() + ": " + error.message());
        } else if (printed == MAX_PRINTED + 1) {
            printer.accept("more tasks failed; --jsonl and --journal FILE list them all");
        }
    }
}

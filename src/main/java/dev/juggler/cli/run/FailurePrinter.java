package dev.juggler.cli.run;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.TaskError;
import java.util.List;
import java.util.function.Consumer;

/** Prints the first failed tasks on stderr, and then where to find the others. */
final class FailurePrinter implements OutcomeHandler {
    private static final int MOST = 20;
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
            if (!outcome.succeeded() && outcome.state() != OutcomeState.CANCELLED && isLast(outcome)) {
                print(outcome);
                unsaved |= isUnsaved(outcome);
            }
        }
    }

    /** Did writing fail, because the disk is full for instance? */
    private boolean isUnsaved(Outcome outcome) {
        TaskError error = outcome.result().error();
        return error.endsRun()
                || (job.work().kind().savesFiles() && error.type().equals("io"));
    }

    /** Could a body not be saved? Called by any thread. */
    boolean unsaved() {
        return unsaved;
    }

    private boolean isLast(Outcome outcome) {
        return !job.retry().retries(outcome.attempt(), outcome.result());
    }

    private void print(Outcome outcome) {
        printed++;
        if (printed <= MOST) {
            printer.accept(outcome.state().id() + ": " + outcome.task().key() + ": "
                    + outcome.result().error().message());
        } else if (printed == MOST + 1) {
            printer.accept("more tasks failed; --jsonl and --journal FILE list them all");
        }
    }
}

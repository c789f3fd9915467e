package dev.juggler.cli.run;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeState;
import dev.juggler.job.TaskError;
import java.util.List;
import java.util.function.Consumer;

/** Tells of the first failed tasks on stderr, and then of where the others are to be found. */
final class FailurePrinter implements OutcomeHandler {
    private static final int MOST = 20;
    private final Job job;
    private final Consumer<String> teller;
    private int told;
    private volatile boolean unsaved;

    FailurePrinter(Job job, Consumer<String> teller) {
        this.job = job;
        this.teller = teller;
    }

    @Override
    public void accept(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (!outcome.succeeded() && outcome.state() != OutcomeState.CANCELLED && isLast(outcome)) {
                tell(outcome);
                unsaved |= isUnsaved(outcome);
            }
        }
    }

    /** The folder takes no more: the disk is full, say. */
    private boolean isUnsaved(Outcome outcome) {
        TaskError error = outcome.result().error();
        return error.endsRun()
                || (job.work().kind().savesFiles() && error.type().equals("io"));
    }

    /** Whether something that was fetched could not be saved. Asked by any thread. */
    boolean unsaved() {
        return unsaved;
    }

    private boolean isLast(Outcome outcome) {
        return !job.retry().retries(outcome.attempt(), outcome.result());
    }

    private void tell(Outcome outcome) {
        told++;
        if (told <= MOST) {
            teller.accept(outcome.state().id() + ": " + outcome.task().key() + ": "
                    + outcome.result().error().message());
        } else if (told == MOST + 1) {
            teller.accept("more tasks failed; --jsonl or --journal FILE names them all");
        }
    }
}

package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.function.IntSupplier;

/** Shows the progress of a run. */
interface ProgressDisplay extends OutcomeHandler, AutoCloseable {

    /** Shows nothing. */
    ProgressDisplay NONE = new ProgressDisplay() {
        @Override
        public void accept(List<Outcome> outcomes) {}

        @Override
        public void follow(IntSupplier concurrency) {}

        @Override
        public void tell(String line) {
            CommandErrors.tell(line);
        }

        @Override
        public void close() {}
    };

    @Override
    void accept(List<Outcome> outcomes);

    /** Shows the current concurrency from now on; for runs that adapt it. */
    void follow(IntSupplier concurrency);

    /** Prints a line on stderr without corrupting the display. */
    void tell(String line);

    /** Removes the display. */
    @Override
    void close();
}

package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.function.IntSupplier;

/** Shows how far a run is. */
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

    /** Shows from now on how many tasks may be under way at a time; for runs that find it out. */
    void follow(IntSupplier concurrency);

    /** Says a line on stderr without breaking what is shown. */
    void tell(String line);

    /** Takes down what is shown. */
    @Override
    void close();
}

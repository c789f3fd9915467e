package dev.juggler.cli;

import dev.juggler.engine.Results;
import dev.juggler.job.Outcome;
import java.util.List;

/** Shows how far a run is. */
interface Progress extends Results, AutoCloseable {

    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void accept(List<Outcome> outcomes) {}

        @Override
        public void tell(String line) {
            Errors.tell(line);
        }

        @Override
        public void close() {}
    };

    @Override
    void accept(List<Outcome> outcomes);

    /** Says a line on stderr without breaking what is shown. */
    void tell(String line);

    /** Takes down what is shown. */
    @Override
    void close();
}

package dev.juggler.cli.run;

import dev.juggler.engine.OutcomeHandler;
import dev.juggler.job.Outcome;
import dev.juggler.job.OutcomeRows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** Writes a row of JSON per attempt to stdout. */
final class RowPrinter implements OutcomeHandler {
    private final OutputStream out;
    private final OutcomeRows rows;

    RowPrinter(String job, OutputStream out) throws IOException {
        this.out = out;
        this.rows = new OutcomeRows(job, out);
    }

    @Override
    public void accept(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            rows.write(outcome);
        }
        rows.flush(out);
    }
}

package dev.juggler.cli.compare;

import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.ComparisonRun;
import dev.juggler.report.MeasuredRun;
import java.util.Locale;

/** Shows the progress of a comparison in one line on stderr, if that is a terminal. */
final class ComparisonProgress implements ComparisonRun.ProgressListener, AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private final InterruptHandler signals;
    private final boolean shown;
    private boolean lineShown;

    ComparisonProgress(InterruptHandler signals, boolean shown) {
        this.signals = signals;
        this.shown = shown;
    }

    @Override
    public void runEnded(String phase, Candidate candidate, MeasuredRun run) {
        if (shown) {
            lineShown = true;
            System.err.printf(
                    Locale.ROOT,
                    "%s%s: %s took %.3f seconds",
                    CLEAR_LINE,
                    phase,
                    candidate,
                    run.cost().seconds());
        }
    }

    @Override
    public boolean isStopRequested() {
        return signals.last() != 0;
    }

    @Override
    public void close() {
        clear();
    }

    /** Removes the line before results are printed. */
    void clear() {
        if (lineShown) {
            lineShown = false;
            System.err.print(CLEAR_LINE);
        }
    }
}

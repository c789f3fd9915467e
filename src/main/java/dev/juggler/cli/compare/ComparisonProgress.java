package dev.juggler.cli.compare;

import dev.juggler.cli.command.InterruptHandler;
import dev.juggler.compare.Candidate;
import dev.juggler.compare.ComparisonRun;
import dev.juggler.report.MeasuredRun;
import java.util.Locale;

/** One line on stderr that says how far a contest is, where a person looks at it. */
final class ComparisonProgress implements ComparisonRun.ProgressListener, AutoCloseable {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";
    private final InterruptHandler signals;
    private final boolean shown;
    private boolean dirty;

    ComparisonProgress(InterruptHandler signals, boolean shown) {
        this.signals = signals;
        this.shown = shown;
    }

    @Override
    public void ran(String phase, Candidate contender, MeasuredRun run) {
        if (shown) {
            dirty = true;
            System.err.printf(
                    Locale.ROOT, "%s%s: %s took %.3f seconds", BACK_AND_CLEAR, phase, contender, run.seconds());
        }
    }

    @Override
    public boolean stops() {
        return signals.last() != 0;
    }

    @Override
    public void close() {
        clear();
    }

    /** Takes the line away, so that results do not mix with it. */
    void clear() {
        if (dirty) {
            dirty = false;
            System.err.print(BACK_AND_CLEAR);
        }
    }
}

package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on the terminal, with rate, failures and remaining time. */
final class ProgressBarView implements ProgressDisplay {
    private static final int EVERY_MILLIS = 200;
    private final ProgressCount count;
    private final ProgressBar bar;
    private volatile @Nullable IntSupplier concurrency;

    ProgressBarView(Job job, OptionalLong total) {
        this.count = new ProgressCount(job);
        this.bar = new ProgressBarBuilder()
                .setTaskName(job.work().kind().id())
                .setInitialMax(total.orElse(-1))
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(EVERY_MILLIS)
                .setConsumer(consumer())
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
    }

    /**
     * Creates the consumer and queries the width at once. The first query opens the terminal, which resets the handlers
     * of signals: that must not happen on the bar's thread after the run has installed its own.
     */
    private static ConsoleProgressBarConsumer consumer() {
        ConsoleProgressBarConsumer consumer = new ConsoleProgressBarConsumer(System.err) {
            /** Leaves the line of the bar to the next output, so that none stays empty. */
            @Override
            public void close() {
                System.err.flush();
            }
        };
        consumer.getMaxRenderedLength();
        return consumer;
    }

    @Override
    public void accept(List<Outcome> outcomes) {
        count.add(outcomes);
        bar.stepTo(count.done());
        if (concurrency != null || count.failed() > 0) {
            bar.setExtraMessage(extra());
        }
    }

    private String extra() {
        IntSupplier current = concurrency;
        String many = current == null ? "" : " " + current.getAsInt() + " at a time";
        return count.failed() > 0 ? many + " " + count.failed() + " failed" : many;
    }

    @Override
    public void follow(IntSupplier concurrency) {
        this.concurrency = concurrency;
    }

    /** Clears the line of the bar, which is drawn again below. */
    @Override
    public void tell(String line) {
        System.err.print("\r\u001b[K");
        CommandErrors.tell(line);
    }

    @Override
    public void close() {
        bar.close();
        System.err.print("\r\u001b[K");
    }
}

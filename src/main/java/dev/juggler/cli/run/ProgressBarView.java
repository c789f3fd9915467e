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

/** A bar on the terminal, with rate, failures and the time that is left. */
final class ProgressBarView implements ProgressDisplay {
    private static final int EVERY_MILLIS = 200;
    private final ProgressCount count;
    private final ProgressBar bar;
    private volatile IntSupplier concurrency;

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
     * Asks for the width at once. The first to ask opens the terminal, which puts signals back to what the JVM does with
     * them: that must not happen on the bar's thread after the run has its own handlers.
     */
    private static ConsoleProgressBarConsumer consumer() {
        ConsoleProgressBarConsumer consumer = new ConsoleProgressBarConsumer(System.err) {
            /** The place of the bar is for the next line: none stays empty. */
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
        String many = concurrency == null ? "" : " " + concurrency.getAsInt() + " at a time";
        return count.failed() > 0 ? many + " " + count.failed() + " failed" : many;
    }

    @Override
    public void follow(IntSupplier concurrency) {
        this.concurrency = concurrency;
    }

    /** The bar stands on the last line: its place is cleared, and it is drawn again below. */
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

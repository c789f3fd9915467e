package dev.juggler.cli.run;

import dev.juggler.cli.command.CommandErrors;
import dev.juggler.job.Durations;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Prints the progress of a run as a plain line every five seconds; for logs. */
final class ProgressLine implements ProgressDisplay {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private final ProgressCount count;
    private final OptionalLong total;
    private volatile @Nullable IntSupplier concurrency;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("juggler-progress").factory());

    ProgressLine(Job job, OptionalLong total) {
        this.count = new ProgressCount(job);
        this.total = total;
        var _ = thread.scheduleAtFixedRate(this::print, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void accept(List<Outcome> outcomes) {
        count.add(outcomes);
    }

    @Override
    public void follow(IntSupplier concurrency) {
        this.concurrency = concurrency;
    }

    private void print() {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        String of = total.isPresent() ? " of " + total.getAsLong() : "";
        IntSupplier current = concurrency;
        String many = current == null ? "" : current.getAsInt() + " at a time, ";
        tell("%d%s done, %d failed, %.0f per second, %s%s so far"
                .formatted(
                        count.done(),
                        of,
                        count.failed(),
                        count.done() / seconds,
                        many,
                        Durations.text(Duration.ofSeconds((long) seconds))));
    }

    @Override
    public void tell(String line) {
        CommandErrors.tell(line);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

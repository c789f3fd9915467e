package dev.juggler.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Forces a file to disk on a thread of its own, so often that nothing written waits longer than 100 ms for it. */
final class PeriodicSync implements AutoCloseable {
    private static final long EVERY_MILLIS = 80;
    private final FileChannel channel;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("juggler-journal").factory());
    private volatile boolean dirty;
    private volatile IOException failure;

    PeriodicSync(FileChannel channel) {
        this.channel = channel;
        var _ = thread.scheduleAtFixedRate(this::force, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Notes that something has been written. */
    void dirty() {
        dirty = true;
    }

    /** Throws what went wrong when something was forced to disk. */
    void check() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    private void force() {
        if (dirty) {
            dirty = false;
            try {
                channel.force(false);
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /** Stops the thread and forces the last rows to disk. */
    @Override
    public void close() throws IOException {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IOException("the disk did not take the last rows within a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channel.force(true);
        check();
    }
}

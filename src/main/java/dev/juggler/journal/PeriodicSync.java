package dev.juggler.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Forces a file to disk on its own thread, so often that no written data waits longer than 100 ms. */
final class PeriodicSync implements AutoCloseable {
    private static final long INTERVAL_MILLIS = 80;
    private final FileChannel channel;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("juggler-journal").factory());
    private volatile boolean dirty;
    private volatile @Nullable IOException failure;

    PeriodicSync(FileChannel channel) {
        this.channel = channel;
        var _ = thread.scheduleAtFixedRate(this::force, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Records that data has been written. */
    void markDirty() {
        dirty = true;
    }

    /** Throws the failure of an earlier attempt to force data to disk, if any. */
    void check() throws IOException {
        IOException current = failure;
        if (current != null) {
            throw current;
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

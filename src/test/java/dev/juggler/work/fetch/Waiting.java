package dev.juggler.work.fetch;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what comes true by itself. */
final class Waiting {
    private Waiting() {}

    static void until(Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.call()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not come true within 20 seconds");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}

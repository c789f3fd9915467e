package dev.juggler.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that looks at busy workers from outside: a worker stuck in its task cannot look at a clock itself.
 * It scans rather than setting a timer for each task, because tasks may be as short as a microsecond.
 */
final class Watchdog {
    /** How late a timeout may be noticed. */
    private static final long TICK_MILLIS = 10;

    private static final Watchdog SHARED = new Watchdog();

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("juggler-watchdog").factory());
    private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
    private ScheduledFuture<?> ticking;

    /** Something that may take too long. */
    interface Watched {
        /** Looks whether it does, at this {@link System#nanoTime()}. Called on the watchdog's thread. */
        void check(long nanoTime);
    }

    static Watchdog shared() {
        return SHARED;
    }

    synchronized void watch(Watched one) {
        watched.add(one);
        if (ticking == null) {
            ticking = thread.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    synchronized void forget(Watched one) {
        watched.remove(one);
        if (watched.isEmpty() && ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    private void tick() {
        long now = System.nanoTime();
        watched.forEach(one -> check(one, now));
    }

    /** A defect in one must not end the watch over all others, as an exception out of a scheduled task would. */
    private void check(Watched one, long now) {
        try {
            one.check(now);
        } catch (RuntimeException | Error defect) {
            forget(one);
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, defect);
        }
    }
}

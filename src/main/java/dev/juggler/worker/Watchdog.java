package dev.juggler.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The one thread that looks at busy workers from outside: a worker stuck in its task cannot look at a clock itself.
 * It scans rather than setting a timer for each task, because tasks may be as short as a microsecond.
 */
final class Watchdog {
    /** How late a timeout may be noticed. */
    private static final long TICK_MILLIS = 10;

    private static final Watchdog SHARED = new Watchdog();

    private final Set<WatchedWorker> watched = ConcurrentHashMap.newKeySet();
    private boolean started;

    /** Something that may take too long. */
    interface WatchedWorker {
        /** Looks whether it does, at this {@link System#nanoTime()}. Called on the watchdog's thread. */
        void check(long nanoTime);
    }

    static Watchdog shared() {
        return SHARED;
    }

    synchronized void watch(WatchedWorker one) {
        watched.add(one);
        notifyAll();
        if (!started) {
            Thread.ofPlatform().daemon().name("juggler-watchdog").start(this::run);
            started = true;
        }
    }

    void forget(WatchedWorker one) {
        watched.remove(one);
    }

    /** A loop of its own: in a run of a second the timers of an executor are never compiled, and took a hundredth of it. */
    private void run() {
        try {
            while (true) {
                awaitSomebody();
                Thread.sleep(TICK_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the watchdog", e);
        }
    }

    private synchronized void awaitSomebody() throws InterruptedException {
        while (watched.isEmpty()) {
            wait();
        }
    }

    private void tick() {
        long now = System.nanoTime();
        watched.forEach(one -> check(one, now));
    }

    /** A defect in one must not end the watch over all others, as an exception out of a scheduled task would. */
    private void check(WatchedWorker one, long now) {
        try {
            one.check(now);
        } catch (RuntimeException | Error defect) {
            forget(one);
            Thread here = Thread.currentThread();
            here.getUncaughtExceptionHandler().uncaughtException(here, defect);
        }
    }
}

package dev.juggler.worker;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A thread that checks all busy workers for timeouts, since a worker stuck in its task cannot check the clock itself.
 * It polls rather than setting a timer for each task, because a task may take only a microsecond.
 */
final class Watchdog {
    /** The interval between two checks, in milliseconds; a timeout may be detected this late. */
    private static final long TICK_MILLIS = 10;

    private static final Watchdog SHARED = new Watchdog();

    private final Set<WatchedWorker> watched = ConcurrentHashMap.newKeySet();
    private boolean started;

    /** A worker whose task may take too long. */
    interface WatchedWorker {
        /** Checks for a timeout at this {@link System#nanoTime()}. Called on the watchdog's thread. */
        void check(long nanoTime);
    }

    /** Returns the instance that all workers of this JVM share. */
    static Watchdog shared() {
        return SHARED;
    }

    /** Checks a worker from now on. Starts the thread with the first one. Called from any thread. */
    synchronized void watch(WatchedWorker worker) {
        watched.add(worker);
        notifyAll();
        if (!started) {
            Thread.ofPlatform().daemon().name("juggler-watchdog").start(this::run);
            started = true;
        }
    }

    /** Stops checking a worker. Called from any thread. */
    void unwatch(WatchedWorker worker) {
        watched.remove(worker);
    }

    /** Loops without an executor, whose timers are never compiled in a run of one second and took 1 % of it. */
    private void run() {
        try {
            while (true) {
                awaitWatched();
                Thread.sleep(TICK_MILLIS);
                tick();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("the watchdog was interrupted", e);
        }
    }

    private synchronized void awaitWatched() throws InterruptedException {
        while (watched.isEmpty()) {
            wait();
        }
    }

    private void tick() {
        long now = System.nanoTime();
        watched.forEach(worker -> check(worker, now));
    }

    /**
     * Stops checking a worker whose check throws; the exception must not end the thread, which checks all the others.
     */
    private void check(WatchedWorker worker, long now) {
        try {
            worker.check(now);
        } catch (RuntimeException | Error defect) {
            unwatch(worker);
            Thread current = Thread.currentThread();
            current.getUncaughtExceptionHandler().uncaughtException(current, defect);
        }
    }
}

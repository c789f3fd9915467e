package dev.juggler.coordinator;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A timer that fires once and can be rescheduled or cancelled before. Confined to its event loop. */
final class OneShotTimer {
    private static final long UNSET = -1;

    private final Supplier<Vertx> vertx;
    private long timer = UNSET;

    /**
     * Creates a timer that is not set.
     *
     * @param vertx the Vert.x of the timer; called when it is set
     */
    OneShotTimer(Supplier<Vertx> vertx) {
        this.vertx = vertx;
    }

    /** Returns whether it has yet to fire. */
    boolean isSet() {
        return timer != UNSET;
    }

    void cancel() {
        if (timer != UNSET) {
            vertx.get().cancelTimer(timer);
            timer = UNSET;
        }
    }

    /** Runs an action once, after at least {@code nanos} nanoseconds, in place of the action scheduled before. */
    void schedule(long nanos, Runnable action) {
        cancel();
        timer = vertx.get().setTimer(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) + 1, id -> {
            timer = UNSET;
            action.run();
        });
    }
}

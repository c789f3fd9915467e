package dev.juggler.coordinator;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** One timer, which is set anew before it has gone off, or taken back. Confined to its event loop. */
final class OneShotTimer {
    private static final long OFF = -1;

    private final Vertx vertx;
    private long timer = OFF;

    OneShotTimer(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Whether it has still to go off. */
    boolean isSet() {
        return timer != OFF;
    }

    /** Takes back what it is set to. */
    void off() {
        if (timer != OFF) {
            vertx.cancelTimer(timer);
            timer = OFF;
        }
    }

    /** Does this once, not before so many nanoseconds have passed; in the place of what it was set to. */
    void in(long nanos, Runnable action) {
        off();
        timer = vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos)) + 1, id -> {
            timer = OFF;
            action.run();
        });
    }
}

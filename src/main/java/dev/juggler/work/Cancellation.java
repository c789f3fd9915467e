package dev.juggler.work;

/** Tells one attempt that its time is up. Confined to the event loop of the worker. */
public final class Cancellation {
    private static final Runnable NOTHING = () -> {};
    private Runnable action = NOTHING;
    private boolean cancelled;

    /** Sets what ends the attempt, in place of what was set before; runs it at once when it is already cancelled. */
    public void onCancel(Runnable action) {
        this.action = action;
        if (cancelled) {
            action.run();
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Ends the attempt; a second call does nothing. */
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            action.run();
        }
    }
}

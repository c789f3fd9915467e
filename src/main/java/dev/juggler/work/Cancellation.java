package dev.juggler.work;

/** Cancels one attempt. Confined to the event loop of the worker. */
public final class Cancellation {
    private static final Runnable NOTHING = () -> {};
    private Runnable action = NOTHING;
    private boolean cancelled;

    /**
     * Sets the action that stops the attempt, and replaces an earlier one. Runs it at once when the attempt is already
     * cancelled.
     */
    public void onCancel(Runnable action) {
        this.action = action;
        if (cancelled) {
            action.run();
        }
    }

    public boolean isCancelled() {
        return cancelled;
    }

    /** Cancels the attempt; a second call does nothing. */
    public void cancel() {
        if (!cancelled) {
            cancelled = true;
            action.run();
        }
    }
}

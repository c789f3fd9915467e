package dev.juggler.job;

import java.util.Locale;

/** The state in which an attempt ended. */
public enum OutcomeState {
    SUCCEEDED,
    FAILED,
    TIMED_OUT,
    CANCELLED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in rows. */
    public String id() {
        return id;
    }
}

package dev.juggler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a run ended. */
public enum EndReason {
    /** Every input has been dealt with. */
    COMPLETED,
    /** So many tasks failed that the halt policy stopped the run. */
    HALTED,
    /** The time for the whole run was over. */
    DEADLINE,
    /** Somebody asked it to end: a signal, or a call. */
    INTERRUPTED,
    /** Results or the journal could not be written. */
    OUTPUT_FAILED,
    /** The inputs could not be read to their end. */
    INPUT_FAILED,
    /** No worker could be deployed in the place of one that was lost. */
    WORKERS_FAILED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in JSON, in the style of {@link OutcomeState#id()}. */
    @JsonValue
    public String id() {
        return id;
    }
}

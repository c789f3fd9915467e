package dev.juggler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The reason why a run ended. */
public enum EndReason {
    /** Every input has been processed. */
    COMPLETED,
    /** The halt policy stopped the run, because too many tasks failed. */
    HALTED,
    /** The time limit of the whole run expired. */
    DEADLINE,
    /** A signal or a call asked the run to end. */
    INTERRUPTED,
    /** Results or the journal could not be written. */
    OUTPUT_FAILED,
    /** The inputs could not be read to their end. */
    INPUT_FAILED,
    /** No worker could be deployed to replace one that was lost. */
    WORKERS_FAILED;

    private final String id = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** The name in JSON, in the style of {@link OutcomeState#id()}. */
    @JsonValue
    public String id() {
        return id;
    }
}

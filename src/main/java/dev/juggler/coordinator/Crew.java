package dev.juggler.coordinator;

/** What a coordinator asks of those who deployed the workers. Called on the coordinator's event loop. */
public interface Crew {

    /** Deploys another worker in the place of one that is stuck. The new one announces itself. */
    void replace(String worker);

    /** Ends what all workers are doing; their batches come back cancelled. */
    void cancel(String reason);
}

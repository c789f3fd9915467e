package dev.juggler.report;

/**
 * The model that a run chose by itself.
 *
 * @param model its id
 * @param concurrency workers, or tasks in flight
 * @param cpu how much of the time in which it was measured the workers computed, from 0 to about 1
 * @param clear whether that says what kind of tasks these are
 * @param reason why this model, in words
 */
public record Chosen(String model, int concurrency, double cpu, boolean clear, String reason) {

    /** The same with another concurrency. */
    public Chosen with(int many) {
        return new Chosen(model, many, cpu, clear, reason);
    }
}

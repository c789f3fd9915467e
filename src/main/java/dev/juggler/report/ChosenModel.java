package dev.juggler.report;

/**
 * The model that a run chose by itself.
 *
 * @param model its id
 * @param concurrency workers, or tasks in flight
 * @param cpu how much of the time in which they were looked at the tasks computed, from 0 to 1; null where they were not
 * @param clear whether it is known what kind of tasks these are
 * @param reason why this model, in words
 */
public record ChosenModel(String model, int concurrency, Double cpu, boolean clear, String reason) {

    /** The same with another concurrency. */
    public ChosenModel with(int many) {
        return new ChosenModel(model, many, cpu, clear, reason);
    }
}

package dev.juggler.job;

/**
 * One unit of work of a job.
 *
 * @param index the position of the input, from 0
 * @param input the input itself
 */
public record Task(long index, Input input) {

    /** The identity of the input: see {@link Input#key()}. */
    public String key() {
        return input.key();
    }
}

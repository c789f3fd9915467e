package dev.juggler.job;

/** One input of a job: its place in the input, counted from 0, and the input itself. */
public record Task(long index, Input input) {

    /** The identity of the input: see {@link Input#key()}. */
    public String key() {
        return input.key();
    }
}

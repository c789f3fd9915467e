package dev.juggler.source;

import dev.juggler.job.Input;

/** Inputs that are computed from their position, so that any number of them needs no memory. Immutable. */
interface IndexedInputs {

    /** Returns the number of inputs, which may be 0. */
    long count();

    /**
     * Returns the input at a position from 0 to {@code count() - 1}. The result for any other position is undefined.
     */
    Input at(long position);

    /** A single input. */
    record One(Input input) implements IndexedInputs {
        @Override
        public long count() {
            return 1;
        }

        @Override
        public Input at(long position) {
            return input;
        }
    }
}

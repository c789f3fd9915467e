package dev.juggler.source;

import dev.juggler.job.Input;

/** Inputs that are worked out from their position, so that any number of them takes no memory. Immutable. */
interface IndexedInputs {

    /** How many there are; may be 0. */
    long count();

    /** The input at a position from 0 to {@code count() - 1}; anything else is a mistake of the caller. */
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

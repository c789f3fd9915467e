package dev.juggler.job;

/** The number of tasks that go to a worker in one message. */
public sealed interface Chunking {

    /** As many tasks as make about five milliseconds of work, measured while the job runs. */
    record Auto() implements Chunking {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** A fixed number, as the {@code chunksize} of Python's {@code Pool.map}. */
    record Fixed(int size) implements Chunking {
        public Fixed {
            if (size < 1) {
                throw new IllegalArgumentException("a chunk has at least 1 task, not " + size);
            }
        }
    }

    /**
     * Reads {@code auto} or a number from 1.
     *
     * @throws IllegalArgumentException with a message for the user, when it is neither
     */
    static Chunking parse(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        try {
            return new Fixed(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a chunk size: give 'auto' or a number from 1", e);
        }
    }
}

package dev.juggler.job;

/** How many tasks travel to a worker in one message. */
public sealed interface Chunking {

    /** As many as make about five milliseconds of work, found out while the job runs. */
    record Auto() implements Chunking {
        @Override
        public String toString() {
            return "auto";
        }
    }

    /** Always this many, as with the {@code chunksize} of Python's {@code Pool.map}. */
    record Fixed(int size) implements Chunking {
        public Fixed {
            if (size < 1) {
                throw new IllegalArgumentException("a chunk has at least 1 task, not " + size);
            }
        }
    }

    /** Reads {@code auto} or a positive number. */
    static Chunking parse(String text) {
        if (text.equals("auto")) {
            return new Auto();
        }
        try {
            return new Fixed(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a chunk size: give 'auto' or a number from 1");
        }
    }
}

package dev.juggler.work.fetch;

/**
 * A run of bytes of a body, handed from the thread that received them to the one that writes them.
 *
 * @param bytes belongs to the batch; the first {@code length} are filled
 */
@SuppressWarnings("ArrayRecordComponent")
record Batch(byte[] bytes, int length) {
    static final Batch EMPTY = new Batch(new byte[0], 0);
}

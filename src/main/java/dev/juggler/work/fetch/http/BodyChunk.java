package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A run of bytes of a body, handed from the thread that received them to the one that writes them. Its owner closes it
 * once, when its bytes are no longer read.
 */
public sealed interface BodyChunk extends AutoCloseable {
    BodyChunk EMPTY = new CopiedChunk(new byte[0], 0);

    int length();

    /** Returns its bytes in order, as views for a single pass. Must not be called after {@link #close}. */
    List<ByteBuffer> pieces();

    @Override
    void close();

    /**
     * Bytes copied to the heap.
     *
     * @param bytes owned by the chunk; the first {@code length} are filled
     */
    @SuppressWarnings("ArrayRecordComponent")
    record CopiedChunk(byte[] bytes, int length) implements BodyChunk {
        @Override
        public List<ByteBuffer> pieces() {
            return List.of(ByteBuffer.wrap(bytes, 0, length));
        }

        @Override
        public void close() {}
    }

    /**
     * Bytes left in the buffers that the socket was read into, outside the heap.
     *
     * @param buffers owned by the chunk, which releases them
     */
    record ReceivedChunk(List<ByteBuf> buffers, int length) implements BodyChunk {
        @Override
        public List<ByteBuffer> pieces() {
            return buffers.stream().map(ByteBuf::nioBuffer).toList();
        }

        @Override
        public void close() {
            buffers.forEach(ByteBuf::release);
        }
    }
}

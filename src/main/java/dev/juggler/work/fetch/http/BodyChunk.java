package dev.juggler.work.fetch.http;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A run of bytes of a body, handed from the thread that received them to the one that writes them. Whoever has it
 * closes it, once, when nobody looks at its bytes any more.
 */
public sealed interface BodyChunk extends AutoCloseable {
    BodyChunk EMPTY = new CopiedChunk(new byte[0], 0);

    int length();

    /** Its bytes in order, in views for one pass; not after {@link #close}. */
    List<ByteBuffer> pieces();

    @Override
    void close();

    /**
     * Bytes that were copied to where they are.
     *
     * @param bytes belongs to the batch; the first {@code length} are filled
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
     * Bytes that lie where the socket's were put, outside the heap.
     *
     * @param buffers belong to the batch, which releases them
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

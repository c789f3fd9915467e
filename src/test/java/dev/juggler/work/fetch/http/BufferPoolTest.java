package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool pool = new BufferPool();

    @Test
    void lendsTheBufferOfASavedBody() {
        byte[] buffer = new byte[10];
        pool.giveBack(new BodyChunk.CopiedChunk(buffer, 10));

        assertSame(buffer, bufferOf(bodyOf(10)));
        assertNotSame(buffer, bufferOf(bodyOf(10)), "to one at a time");
    }

    @Test
    void dropsABufferThatIsTooSmall() {
        byte[] small = new byte[10];
        pool.giveBack(new BodyChunk.CopiedChunk(small, 10));
        pool.lendTo(bodyOf(20));

        assertNotSame(small, bufferOf(bodyOf(10)));
    }

    @Test
    void countedAndLongBodiesTakeNoBuffer() {
        byte[] buffer = new byte[10];
        pool.giveBack(new BodyChunk.CopiedChunk(buffer, 10));
        pool.lendTo(BodyReceiver.counting(10, 100));
        pool.lendTo(BodyReceiver.buffering(-1, 100));

        assertSame(buffer, bufferOf(bodyOf(10)));
    }

    @Test
    void keepsNoLargeBuffersAndALimitedNumber() {
        byte[] large = new byte[BodyReceiver.CHUNK_SIZE + 1];
        pool.giveBack(new BodyChunk.CopiedChunk(large, 10));
        assertNotSame(large, bufferOf(bodyOf(10)));

        List<byte[]> many = Stream.generate(() -> new byte[10])
                .limit(BufferPool.MAX_BUFFERS + 1)
                .toList();
        many.forEach(buffer -> pool.giveBack(new BodyChunk.CopiedChunk(buffer, 10)));
        assertSame(many.get(BufferPool.MAX_BUFFERS - 1), bufferOf(bodyOf(10)));
    }

    private static BodyReceiver bodyOf(int length) {
        return BodyReceiver.buffering(length, 100);
    }

    private byte[] bufferOf(BodyReceiver receiver) {
        pool.lendTo(receiver);
        return receiver.reserve(1);
    }
}

package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyReceiverTest {
    @Test
    void aShortBodyIsCopiedAndItsReceiveBuffersAreReleased() {
        BodyReceiver receiver = BodyReceiver.buffering(6, 100);
        ByteBuf first = bytes("abc");
        ByteBuf second = bytes("def");

        receiver.take(first);
        receiver.take(second);

        assertEquals(0, first.refCnt());
        assertEquals(0, second.refCnt());
        BodyChunk chunk = receiver.takeChunk();
        assertEquals("abcdef", text(chunk));
        assertEquals(6, receiver.count());
    }

    @Test
    void aLongBodyStaysInItsReceiveBuffersUntilTheChunkIsClosed() {
        BodyReceiver receiver = BodyReceiver.buffering(-1, 100);
        receiver.gatherUpTo(() -> BodyReceiver.CHUNK_SIZE);
        ByteBuf bytes = bytes("abc");

        receiver.take(bytes);
        BodyChunk chunk = receiver.takeChunk();

        assertEquals("abc", text(chunk));
        assertEquals(1, bytes.refCnt());
        chunk.close();
        assertEquals(0, bytes.refCnt());
    }

    @Test
    void aBodyThatIsOnlyCountedIsDropped() {
        BodyReceiver receiver = BodyReceiver.counting(3, 100);
        ByteBuf bytes = bytes("abc");

        receiver.take(bytes);

        assertEquals(0, bytes.refCnt());
        assertEquals(3, receiver.count());
        assertFalse(receiver.holdsBytes());
    }

    @Test
    void gathersAShortBodyInTheLentBuffer() {
        BodyReceiver receiver = BodyReceiver.buffering(3, 100);
        byte[] buffer = "formerly".getBytes(StandardCharsets.US_ASCII);

        receiver.lend(buffer);
        receiver.take(bytes("abc"));

        BodyChunk chunk = receiver.takeChunk();
        assertSame(buffer, ((BodyChunk.CopiedChunk) chunk).bytes());
        assertEquals("abc", text(chunk));
    }

    @Test
    void ignoresABufferThatIsTooSmall() {
        BodyReceiver receiver = BodyReceiver.buffering(9, 100);
        byte[] buffer = new byte[8];

        receiver.lend(buffer);

        assertNotSame(buffer, receiver.reserve(8));
    }

    @Test
    void onlyAShortBodyThatIsKeptNeedsABuffer() {
        assertTrue(BodyReceiver.buffering(9, 100).needsBuffer());
        assertFalse(BodyReceiver.buffering(-1, 100).needsBuffer());
        assertFalse(BodyReceiver.counting(9, 100).needsBuffer());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String text(BodyChunk chunk) {
        StringBuilder text = new StringBuilder();
        chunk.pieces().forEach(piece -> text.append(StandardCharsets.US_ASCII.decode(piece)));
        return text.toString();
    }
}

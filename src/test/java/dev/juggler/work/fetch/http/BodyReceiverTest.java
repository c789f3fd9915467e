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
    void aShortBodyIsCopiedAndKeepsNoneOfWhatItWasReceivedIn() {
        BodyReceiver intake = BodyReceiver.buffering(6, 100);
        ByteBuf first = bytes("abc");
        ByteBuf second = bytes("def");

        intake.take(first);
        intake.take(second);

        assertEquals(0, first.refCnt());
        assertEquals(0, second.refCnt());
        BodyChunk batch = intake.takeChunk();
        assertEquals("abcdef", text(batch));
        assertEquals(6, intake.count());
    }

    @Test
    void aLongBodyIsKeptWhereItWasReceivedUntilItsBatchIsClosed() {
        BodyReceiver intake = BodyReceiver.buffering(-1, 100);
        intake.gatherUpTo(() -> BodyReceiver.BATCH);
        ByteBuf bytes = bytes("abc");

        intake.take(bytes);
        BodyChunk batch = intake.takeChunk();

        assertEquals("abc", text(batch));
        assertEquals(1, bytes.refCnt());
        batch.close();
        assertEquals(0, bytes.refCnt());
    }

    @Test
    void aBodyThatIsOnlyCountedIsDropped() {
        BodyReceiver intake = BodyReceiver.counting(3, 100);
        ByteBuf bytes = bytes("abc");

        intake.take(bytes);

        assertEquals(0, bytes.refCnt());
        assertEquals(3, intake.count());
        assertFalse(intake.holdsBytes());
    }

    @Test
    void gathersAShortBodyInThePlaceThatIsLent() {
        BodyReceiver intake = BodyReceiver.buffering(3, 100);
        byte[] place = "formerly".getBytes(StandardCharsets.US_ASCII);

        intake.lend(place);
        intake.take(bytes("abc"));

        BodyChunk batch = intake.takeChunk();
        assertSame(place, ((BodyChunk.CopiedChunk) batch).bytes());
        assertEquals("abc", text(batch));
    }

    @Test
    void hasNoUseForAPlaceThatIsTooSmall() {
        BodyReceiver intake = BodyReceiver.buffering(9, 100);
        byte[] place = new byte[8];

        intake.lend(place);

        assertNotSame(place, intake.room(8));
    }

    @Test
    void onlyAShortBodyThatIsKeptNeedsAPlace() {
        assertTrue(BodyReceiver.buffering(9, 100).needsPlace());
        assertFalse(BodyReceiver.buffering(-1, 100).needsPlace());
        assertFalse(BodyReceiver.counting(9, 100).needsPlace());
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }

    private static String text(BodyChunk batch) {
        StringBuilder text = new StringBuilder();
        batch.pieces().forEach(piece -> text.append(StandardCharsets.US_ASCII.decode(piece)));
        return text.toString();
    }
}

package dev.juggler.work.fetch.http;

import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    private final BufferPool places = new BufferPool();

    @Test
    void lendsThePlaceOfABodyThatWasSaved() {
        byte[] place = new byte[10];
        places.giveBack(new BodyChunk.CopiedChunk(place, 10));

        assertSame(place, placeOf(bodyOf(10)));
        assertNotSame(place, placeOf(bodyOf(10)), "to one at a time");
    }

    @Test
    void aPlaceThatIsTooSmallMakesRoomForALargerOne() {
        byte[] small = new byte[10];
        places.giveBack(new BodyChunk.CopiedChunk(small, 10));
        places.lendTo(bodyOf(20));

        assertNotSame(small, placeOf(bodyOf(10)));
    }

    @Test
    void aBodyThatIsOnlyCountedAndALongOneTakeNone() {
        byte[] place = new byte[10];
        places.giveBack(new BodyChunk.CopiedChunk(place, 10));
        places.lendTo(BodyReceiver.counting(10, 100));
        places.lendTo(BodyReceiver.buffering(-1, 100));

        assertSame(place, placeOf(bodyOf(10)));
    }

    @Test
    void keepsNeitherLargePlacesNorMoreThanSome() {
        byte[] large = new byte[BodyReceiver.BATCH + 1];
        places.giveBack(new BodyChunk.CopiedChunk(large, 10));
        assertNotSame(large, placeOf(bodyOf(10)));

        List<byte[]> many =
                Stream.generate(() -> new byte[10]).limit(BufferPool.MOST + 1).toList();
        many.forEach(place -> places.giveBack(new BodyChunk.CopiedChunk(place, 10)));
        assertSame(many.get(BufferPool.MOST - 1), placeOf(bodyOf(10)));
    }

    private static BodyReceiver bodyOf(int length) {
        return BodyReceiver.buffering(length, 100);
    }

    private byte[] placeOf(BodyReceiver intake) {
        places.lendTo(intake);
        return intake.room(1);
    }
}

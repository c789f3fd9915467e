package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.work.fetch.TransferPhase.Draining;
import dev.juggler.work.fetch.TransferPhase.Ended;
import dev.juggler.work.fetch.TransferPhase.Receiving;
import dev.juggler.work.fetch.TransferPhase.Requested;
import dev.juggler.work.fetch.TransferPhase.Stopping;
import dev.juggler.work.fetch.TransferPhase.Writing;
import dev.juggler.work.fetch.http.BodyReceiver;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each phase of an exchange in isolation. */
class TransferPhaseTest {
    private static final IOException CAUSE = new IOException("no space left");

    private final BodyReceiver body = BodyReceiver.rejecting();
    private final Receiving receiving = new Requested().respond(body);
    private final Writing writing = receiving.write();

    @Test
    void aRequestWithoutAResponseEndsAtOnce() {
        Draining draining = new Requested().fail(CAUSE);
        assertEquals(new TransferEnd.NoResponse(CAUSE), draining.end());
        assertTrue(draining.isDue(0));
        assertInstanceOf(Ended.class, draining.report());
    }

    @Test
    void aBodyThatEndsBetweenWritesIsDueAtOnce() {
        assertTrue(receiving.end().isDue(0));
    }

    @Test
    void aBodyThatEndsDuringAWriteWaitsForIt() {
        Draining draining = writing.end();
        assertFalse(draining.isDue(0));
        assertTrue(draining.written().isDue(0));
        assertEquals(new TransferEnd.Received(body), draining.written().end());
    }

    @Test
    void aWholeBodyWaitsForItsBandwidthDelaysAndAFailedOneDoesNot() {
        assertFalse(receiving.end().isDue(1));
        assertTrue(receiving.fail(CAUSE).isDue(1));
    }

    @Test
    void aFailedWriteEndsAReceivedBody() {
        TransferEnd notWritten = new TransferEnd.NotWritten(CAUSE);
        assertEquals(notWritten, writing.end().refuse(CAUSE).end());
        assertEquals(notWritten, writing.refuse(CAUSE).end());
        assertTrue(writing.refuse(CAUSE).isDue(1));
    }

    @Test
    void theExchangeThatFailedFirstKeepsItsCause() {
        IOException reset = new IOException("reset");
        assertEquals(
                new TransferEnd.Interrupted(reset, body),
                writing.fail(reset).refuse(CAUSE).end());
    }

    @Test
    void aSecondFullChunkWaitsForTheWrite() {
        assertFalse(writing.full());
        assertTrue(writing.fill().full());
        assertFalse(writing.fill().written().write().full());
    }

    @Test
    void stoppingWaitsForAWriteAndForNothingElse() {
        assertInstanceOf(Ended.class, new Requested().stop());
        assertInstanceOf(Ended.class, receiving.stop());
        assertInstanceOf(Ended.class, receiving.end().stop());
        Stopping stopping = assertInstanceOf(Stopping.class, writing.stop());
        assertInstanceOf(Stopping.class, writing.end().stop());
        assertFalse(stopping.stopped().future().isComplete());
        assertInstanceOf(Ended.class, stopping.written());
    }

    @Test
    void stoppingTwiceIsStoppingOnce() {
        TransferPhase stopping = writing.stop();
        assertSame(stopping, stopping.stop());
        TransferPhase ended = receiving.stop();
        assertSame(ended, ended.stop());
    }
}

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
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Each phase of an exchange by itself. */
class TransferPhaseTest {
    private static final TransferEnd RECEIVED = new TransferEnd.Received();
    private static final IOException CAUSE = new IOException("no space left");

    private final Receiving receiving = new Requested().respond();
    private final Writing writing = receiving.write();

    @Test
    void aRequestWithoutAResponseEndsAtOnce() {
        Draining draining = new Requested().end(new TransferEnd.NoResponse(CAUSE));
        assertTrue(draining.isDue(0));
        assertInstanceOf(Ended.class, draining.report());
    }

    @Test
    void aBodyThatEndsBetweenWritesIsDueAtOnce() {
        assertTrue(receiving.end(RECEIVED).isDue(0));
    }

    @Test
    void aBodyThatEndsDuringAWriteWaitsForIt() {
        Draining draining = writing.end(RECEIVED);
        assertFalse(draining.isDue(0));
        assertTrue(draining.written(null).isDue(0));
        assertEquals(RECEIVED, draining.written(null).end());
    }

    @Test
    void aWholeBodyWaitsForItsBandwidthDelaysAndAFailedOneDoesNot() {
        assertFalse(receiving.end(RECEIVED).isDue(1));
        assertTrue(receiving.end(new TransferEnd.Interrupted(CAUSE)).isDue(1));
    }

    @Test
    void aFailedLastWriteIsTheEndOfAWholeBody() {
        assertEquals(
                new TransferEnd.NotWritten(CAUSE),
                writing.end(RECEIVED).written(CAUSE).end());
    }

    @Test
    void theExchangeThatFailedFirstKeepsItsCause() {
        TransferEnd interrupted = new TransferEnd.Interrupted(new IOException("reset"));
        assertEquals(interrupted, writing.end(interrupted).written(CAUSE).end());
    }

    @Test
    void aSecondFullChunkIsRememberedUntilTheWriteIsOver() {
        assertFalse(writing.full());
        assertTrue(writing.fill().full());
        assertFalse(writing.fill().written().write().full());
    }

    @Test
    void stoppingWaitsForAWriteAndForNothingElse() {
        assertInstanceOf(Ended.class, new Requested().stop());
        assertInstanceOf(Ended.class, receiving.stop());
        assertInstanceOf(Ended.class, receiving.end(RECEIVED).stop());
        Stopping stopping = assertInstanceOf(Stopping.class, writing.stop());
        assertInstanceOf(Stopping.class, writing.end(RECEIVED).stop());
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

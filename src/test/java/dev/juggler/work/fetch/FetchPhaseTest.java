package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec.TransferRates;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.work.fetch.FetchPhase.Active;
import dev.juggler.work.fetch.FetchPhase.Ended;
import dev.juggler.work.fetch.FetchPhase.Ending;
import dev.juggler.work.fetch.FetchPhase.Preparing;
import dev.juggler.work.fetch.FetchPhase.Saving;
import dev.juggler.work.fetch.FetchPhase.Transferring;
import dev.juggler.work.fetch.http.StallDetector;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each phase of a fetch in isolation. */
class FetchPhaseTest {
    private static final long SECOND = 1_000_000_000;

    private final Result cancelled = Result.Cancelled.because("stopped", null);
    private final Promise<Void> idle = Promise.promise();
    private final SetTransfer transfer = new SetTransfer();
    private final Preparing preparing = new Preparing(idle.future());

    /** A transfer in a state set by the test. */
    private final class SetTransfer implements Transfer {
        private boolean receiving = true;
        private boolean paused;

        @Override
        public long count() {
            return 5;
        }

        @Override
        public boolean isReceiving() {
            return receiving;
        }

        @Override
        public boolean isPaused() {
            return paused;
        }

        @Override
        public Future<Void> stop() {
            receiving = false;
            return idle.future();
        }
    }

    private Transferring watched() {
        TransferRates rates = new TransferRates(Optional.of(Duration.ofSeconds(1)), 0, 0);
        Transferring watched = preparing.transfer(transfer, new StallDetector(rates, Duration.ofSeconds(10), 0));
        assertNull(watched.stall(0));
        return watched;
    }

    @Test
    void preparingStopsWhenItsFileTaskIsOver() {
        assertSame(idle.future(), preparing.stop());
    }

    @Test
    void transferringStopsItsTransferAndWaitsForIt() {
        Future<?> stopped = preparing.transfer(transfer, null).stop();
        assertFalse(transfer.isReceiving());
        assertFalse(stopped.isComplete());
        idle.complete();
        assertTrue(stopped.isComplete());
    }

    @Test
    void everyActivePhaseMayPrepareTransferAndEnd() {
        for (Active active : new Active[] {preparing, preparing.transfer(transfer, null)}) {
            assertInstanceOf(Preparing.class, active.prepare(idle.future()));
            assertInstanceOf(Transferring.class, active.transfer(transfer, null));
            assertEquals(cancelled, active.end(cancelled).result());
        }
    }

    @Test
    void savingAndEndingCanOnlyEnd() {
        Saving saving = preparing.transfer(transfer, null).save();
        Ending ending = preparing.end(cancelled);
        assertFalse(Active.class.isInstance(saving));
        assertFalse(Active.class.isInstance(ending));
        assertInstanceOf(Ended.class, saving.end());
        assertInstanceOf(Ended.class, ending.end());
    }

    @Test
    void aSilentServerStallsATransfer() {
        TaskError stall = watched().stall(2 * SECOND);
        assertNotNull(stall);
        assertEquals("idle", stall.type());
    }

    @Test
    void aTransferThatIsPausedOrOverDoesNotStall() {
        transfer.paused = true;
        assertNull(watched().stall(2 * SECOND));
        transfer.paused = false;
        transfer.receiving = false;
        assertNull(watched().stall(4 * SECOND));
    }

    @Test
    void neverStallsWithoutLimits() {
        assertNull(preparing.transfer(transfer, null).stall(1_000 * SECOND));
    }
}

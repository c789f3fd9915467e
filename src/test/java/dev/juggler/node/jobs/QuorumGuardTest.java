package dev.juggler.node.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The results of calls that nobody waits for, in the log and for the node. */
class QuorumGuardTest {
    private final AtomicInteger stops = new AtomicInteger();
    private final QuorumGuard guard = new QuorumGuard(stops::incrementAndGet);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(QuorumGuard.class);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
        logger.setAdditive(false);
        logger.setLevel(Level.INFO);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> messages() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void aRepeatedFailureIsLoggedOnceWithItsCauseAndSoIsItsRecovery() {
        IOException cause = new IOException("No space left on device");
        for (int round = 0; round < 5; round++) {
            guard.watch(Future.failedFuture(cause), "the sweep");
        }
        assertEquals(List.of("the sweep fails and is retried"), messages());
        assertEquals(
                "No space left on device",
                log.list.getFirst().getThrowableProxy().getMessage());
        guard.watch(Future.failedFuture(new IOException("Input/output error")), "the sweep");
        assertEquals(2, messages().size(), "another reason is news");
        guard.watch(Future.succeededFuture(), "the sweep");
        guard.watch(Future.succeededFuture(), "the sweep");
        assertEquals("the sweep works again", messages().getLast());
        assertEquals(3, messages().size());
        assertFalse(guard.isSuspended());
        assertEquals(0, stops.get());
    }

    @Test
    void inTheMinorityEverythingStopsOnceAndTheCallDoesNotFail() {
        for (int round = 0; round < 3; round++) {
            assertTrue(
                    guard.suspendOnMinority(Future.failedFuture(RejectedRequestException.minority("minority: alone")))
                            .succeeded());
        }
        assertTrue(guard.isSuspended());
        assertEquals(1, stops.get());
        assertEquals(List.of("minority: alone"), messages());
        guard.resume();
        assertFalse(guard.isSuspended());
        guard.watch(Future.failedFuture(RejectedRequestException.minority("minority: alone")), "the sweep");
        assertEquals(2, stops.get());
    }
}

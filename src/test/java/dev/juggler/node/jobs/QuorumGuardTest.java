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

/** What becomes of failures that nobody waits for. */
class QuorumGuardTest {
    private final AtomicInteger stops = new AtomicInteger();
    private final QuorumGuard standing = new QuorumGuard(stops::incrementAndGet);
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

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void whatFailsAgainAndAgainIsToldOnceWithItsCauseAndSoIsThatItWorksAgain() {
        IOException cause = new IOException("No space left on device");
        for (int round = 0; round < 5; round++) {
            standing.of(Future.failedFuture(cause), "the look");
        }
        assertEquals(List.of("the look fails, and is tried again"), told());
        assertEquals(
                "No space left on device",
                log.list.getFirst().getThrowableProxy().getMessage());
        standing.of(Future.failedFuture(new IOException("Input/output error")), "the look");
        assertEquals(2, told().size(), "another reason is news");
        standing.of(Future.succeededFuture(), "the look");
        standing.of(Future.succeededFuture(), "the look");
        assertEquals("the look works again", told().getLast());
        assertEquals(3, told().size());
        assertFalse(standing.isSuspended());
        assertEquals(0, stops.get());
    }

    @Test
    void inTheMinorityEverythingStopsOnceAndThatIsNoFailure() {
        for (int round = 0; round < 3; round++) {
            assertTrue(standing.of(Future.failedFuture(RejectedRequestException.minority("minority: alone")))
                    .succeeded());
        }
        assertTrue(standing.isSuspended());
        assertEquals(1, stops.get());
        assertEquals(List.of("minority: alone"), told());
        standing.reached();
        assertFalse(standing.isSuspended());
        standing.of(Future.failedFuture(RejectedRequestException.minority("minority: alone")), "the look");
        assertEquals(2, stops.get());
    }
}

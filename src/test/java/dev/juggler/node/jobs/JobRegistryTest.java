package dev.juggler.node.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.RejectedRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobRegistryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final JobEnd DONE = new JobEnd("completed", null, JobStatus.Counts.NONE);
    private final JobRegistry book =
            new JobRegistry(new NodeSettings.Jobs(1, null, 2, null, null, null, 2, Duration.ofHours(1)));

    @Test
    void jobsBeginOneAfterAnotherInTheOrderOfTheirSubmission() {
        queue("a");
        queue("b");
        assertEquals("a", next());
        book.put(run(job("a")));
        assertTrue(book.next().isEmpty());
        book.put(ended(job("a"), NOON));
        assertEquals("b", next());
    }

    @Test
    void aJobThatIsBeingCancelledHoldsItsPlaceToTheEnd() {
        queue("a");
        queue("b");
        JobEntry running = run(job("a"));
        book.put(running.with(((JobPhase.Running) running.phase()).cancel()));
        assertTrue(book.next().isEmpty());
    }

    @Test
    void aJobThatIsHandedBackWaitsAgain() {
        queue("a");
        JobEntry running = run(job("a"));
        book.put(running.with(((JobPhase.Running) running.phase()).handBack()));
        assertEquals("a", next());
        assertInstanceOf(JobPhase.Queued.class, job("a").phase());
    }

    @Test
    void moreJobsThanMayWaitAreRefusedAndThoseOnTheirWayCount() {
        queue("a");
        book.checkRoom(0);
        RejectedRequestException refused = assertThrows(RejectedRequestException.class, () -> book.checkRoom(1));
        assertEquals(JobServiceException.UNAVAILABLE, refused.code());
    }

    @Test
    void theSameRequestIsTheSameJobAndAnotherUnderItsKeyIsRefused() {
        queue("a");
        assertEquals(job("a"), book.same(request("a", "1..3")).orElseThrow());
        assertTrue(book.same(request("b", "1..3")).isEmpty());
        RejectedRequestException refused =
                assertThrows(RejectedRequestException.class, () -> book.same(request("a", "1..4")));
        assertEquals(JobServiceException.CONFLICT, refused.code());
    }

    @Test
    void endedJobsAreKeptForATimeAndUpToANumber() {
        for (String key : List.of("a", "b", "c", "d")) {
            queue(key);
        }
        book.put(ended(job("c"), NOON));
        book.put(ended(job("a"), NOON.plusSeconds(1)));
        book.put(ended(job("b"), NOON.plusSeconds(2)));
        assertEquals(List.of(job("c")), book.outdated(NOON.plusSeconds(3)));
        book.remove(job("c").id());
        assertEquals(List.of(), book.outdated(NOON.plusSeconds(3)));
        assertEquals(List.of(job("a")), book.outdated(NOON.plusSeconds(3602)));
    }

    @Test
    void aJobNobodyKnowsIsNotFound() {
        RejectedRequestException refused = assertThrows(RejectedRequestException.class, () -> book.get("nobody"));
        assertEquals(JobServiceException.NOT_FOUND, refused.code());
    }

    @Test
    void theStatusSaysWhatThePhaseKnows() {
        queue("a");
        assertEquals(JobStatus.State.QUEUED, job("a").status("n").state());
        JobStatus over = ended(job("a"), NOON).status("n");
        assertEquals("2026-11-21T11:59:50Z", over.started());
        assertEquals("2026-11-21T12:00:00Z", over.ended());
        assertEquals("completed", over.ending());
        assertTrue(over.hasEnded());
    }

    private void queue(String key) {
        book.put(JobEntry.queued(StoredJob.of(request(key, "1..3"), NOON)));
    }

    private JobEntry job(String key) {
        return book.get(StoredJob.id(key));
    }

    private String next() {
        return book.next().orElseThrow().job().request().key();
    }

    private static JobEntry run(JobEntry job) {
        return job.with(((JobPhase.Queued) job.phase()).start(NOON.minusSeconds(10)));
    }

    private static JobEntry ended(JobEntry job, Instant when) {
        return job.with(((JobPhase.Running) run(JobEntry.queued(job.job())).phase()).end(when, DONE));
    }

    private static JobRequest request(String key, String range) {
        return JobRequest.of(new Compute("square", null), Inputs.expanded(range))
                .withKey(key);
    }
}

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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The order, the bounds and the keys of the jobs in memory. */
class JobRegistryTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final JobEnd DONE = new JobEnd("completed", null, JobStatus.Counts.NONE);
    private final JobRegistry registry = new JobRegistry(NodeSettings.parse("""
        {"jobs": {"running": 1, "queued": 2, "keepEnded": 2, "keepFor": "1h"}}
        """).jobs());

    @Test
    void jobsStartInTheOrderOfTheirSubmission() {
        queue("a");
        queue("b");
        assertEquals("a", next());
        registry.put(run(job("a")));
        assertTrue(registry.next().isEmpty());
        registry.put(ended(job("a"), NOON));
        assertEquals("b", next());
    }

    @Test
    void aJobThatIsBeingCancelledCountsAsRunning() {
        queue("a");
        queue("b");
        JobEntry running = run(job("a"));
        registry.put(running.with(((JobPhase.Running) running.phase()).cancel()));
        assertTrue(registry.next().isEmpty());
    }

    @Test
    void aJobThatIsHandedBackIsQueuedAgain() {
        queue("a");
        JobEntry running = run(job("a"));
        registry.put(running.with(((JobPhase.Running) running.phase()).handBack()));
        assertEquals("a", next());
        assertInstanceOf(JobPhase.Queued.class, job("a").phase());
    }

    @Test
    void aFullQueueRejectsJobsAndPendingOnesCount() {
        queue("a");
        registry.checkCapacity(0);
        RejectedRequestException rejection =
                assertThrows(RejectedRequestException.class, () -> registry.checkCapacity(1));
        assertEquals(JobServiceException.UNAVAILABLE, rejection.code());
    }

    @Test
    void theSameRequestIsTheSameJobAndAnotherUnderItsKeyIsRejected() {
        queue("a");
        assertEquals(job("a"), registry.findSame(request("a", "1..3")).orElseThrow());
        assertTrue(registry.findSame(request("b", "1..3")).isEmpty());
        RejectedRequestException rejection =
                assertThrows(RejectedRequestException.class, () -> registry.findSame(request("a", "1..4")));
        assertEquals(JobServiceException.CONFLICT, rejection.code());
    }

    @Test
    void endedJobsAreKeptForATimeAndUpToANumber() {
        for (String key : List.of("a", "b", "c", "d")) {
            queue(key);
        }
        registry.put(ended(job("c"), NOON));
        registry.put(ended(job("a"), NOON.plusSeconds(1)));
        registry.put(ended(job("b"), NOON.plusSeconds(2)));
        assertEquals(List.of(job("c")), registry.outdated(NOON.plusSeconds(3)));
        registry.remove(job("c").id());
        assertEquals(List.of(), registry.outdated(NOON.plusSeconds(3)));
        assertEquals(List.of(job("a")), registry.outdated(NOON.plusSeconds(3602)));
    }

    @Test
    void anUnknownJobIsNotFound() {
        RejectedRequestException rejection = assertThrows(RejectedRequestException.class, () -> registry.get("nobody"));
        assertEquals(JobServiceException.NOT_FOUND, rejection.code());
    }

    @Test
    void theStatusHasTheTimesOfThePhase() {
        queue("a");
        assertEquals(JobStatus.State.QUEUED, job("a").status("n").state());
        JobStatus over = ended(job("a"), NOON).status("n");
        assertEquals("2026-11-21T11:59:50Z", over.started());
        assertEquals("2026-11-21T12:00:00Z", over.ended());
        assertEquals("completed", over.ending());
        assertTrue(over.hasEnded());
    }

    private void queue(String key) {
        registry.put(JobEntry.queued(StoredJob.of(request(key, "1..3"), NOON)));
    }

    private JobEntry job(String key) {
        return registry.get(StoredJob.id(key));
    }

    private String next() {
        return registry.next().orElseThrow().job().request().key();
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

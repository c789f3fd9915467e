package dev.juggler.node.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.node.settings.RejectedRequestException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Submissions between their request and the disk. */
class PendingSubmissionsTest {
    private static final JobRequest REQUEST =
            JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")).withKey("key");
    private static final StoredJob JOB = StoredJob.of(REQUEST, Instant.EPOCH);

    private final PendingSubmissions pending = new PendingSubmissions();
    private final Promise<JobStatus> stored = Promise.promise();

    @Test
    void aSecondSubmissionOfTheSameRequestGetsTheReplyOfTheFirst() {
        assertTrue(pending.findSame(REQUEST).isEmpty());

        pending.add(JOB, stored.future());

        assertSame(stored.future(), pending.findSame(REQUEST).orElseThrow());
        assertSame(stored.future(), pending.find(JOB.id()).orElseThrow());
        assertTrue(pending.find("another").isEmpty());
        assertEquals(1, pending.count());
    }

    @Test
    void anotherRequestUnderAPendingKeyIsAConflict() {
        pending.add(JOB, stored.future());
        JobRequest other = JobRequest.of(new Compute("square", null), Inputs.expanded("1..4"))
                .withKey(REQUEST.key());

        RejectedRequestException rejection =
                assertThrows(RejectedRequestException.class, () -> pending.findSame(other));

        assertEquals(JobServiceException.CONFLICT, rejection.code());
    }

    @Test
    void aStoredJobIsNoLongerPendingWhenItsReplyArrives() {
        AtomicInteger pendingAtReply = new AtomicInteger(-1);
        pending.add(JOB, stored.future()).onSuccess(status -> pendingAtReply.set(pending.count()));

        stored.complete(JobEntry.queued(JOB).status("node"));

        assertEquals(0, pendingAtReply.get());
        assertTrue(pending.find(JOB.id()).isEmpty());
    }

    @Test
    void aJobThatCannotBeStoredIsNoLongerPending() {
        Future<JobStatus> reply = pending.add(JOB, stored.future());

        stored.fail(new IOException("No space left on device"));

        assertEquals("No space left on device", reply.cause().getMessage());
        assertEquals(0, pending.count());
    }
}

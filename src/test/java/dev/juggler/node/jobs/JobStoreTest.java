package dev.juggler.node.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs in the data folder of a node. */
class JobStoreTest {
    private static final StoredJob JOB =
            StoredJob.of(JobRequest.of(new Compute("square", null), Inputs.expanded("1..3")), Instant.EPOCH);

    @TempDir
    private Path data;

    @Test
    void aStoredJobIsFoundAfterAReopen() throws Exception {
        JobStore.StoredEnd end = new JobStore.StoredEnd(
                null, "2026-11-21T12:00:00Z", new JobEnd("cancelled", null, JobStatus.Counts.NONE), 3L);
        try (JobStore store = JobStore.open(data)) {
            store.create(JOB);
            assertEquals(List.of(new JobStore.StoredState(JOB, Optional.empty())), store.all());
            store.update(JOB.withEpoch(2));
            store.end(JOB.id(), end);
        }
        try (JobStore store = JobStore.open(data)) {
            assertEquals(List.of(new JobStore.StoredState(JOB.withEpoch(2), Optional.of(end))), store.all());
            Files.writeString(store.journal(JOB.id()), "rows");
            store.delete(JOB.id());
            assertEquals(List.of(), store.all());
        }
    }

    @Test
    void twoNodesDoNotShareAFolder() throws Exception {
        try (JobStore store = JobStore.open(data)) {
            IOException failure = assertThrows(IOException.class, () -> JobStore.open(data));
            assertTrue(failure.getMessage().endsWith("is in use by another node"), failure::getMessage);
            assertEquals(List.of(), store.all());
        }
    }

    @Test
    void aDamagedJobIsLeftAloneAndTheOthersAreFound() throws Exception {
        try (JobStore store = JobStore.open(data)) {
            store.create(JOB);
            Path damaged = Files.createDirectories(data.resolve("jobs/0123"));
            Files.writeString(damaged.resolve("job.json"), "{\"schema\":1,");
            assertEquals(List.of(new JobStore.StoredState(JOB, Optional.empty())), store.all());
            assertTrue(Files.exists(damaged.resolve("job.json")));
        }
    }

    @Test
    void theRestOfAnInterruptedRemovalIsRemoved() throws Exception {
        try (JobStore store = JobStore.open(data)) {
            Path rest = Files.createDirectories(data.resolve("jobs/0123"));
            Files.writeString(rest.resolve("journal.jsonl"), "rows");
            assertEquals(List.of(), store.all());
            assertTrue(Files.notExists(rest));
        }
    }

    @Test
    void theMessageNamesTheFolderThatCannotBeUsedAndTheReason() throws Exception {
        Path file = Files.writeString(data.resolve("file"), "");
        String failure =
                assertThrows(IOException.class, () -> JobStore.open(file)).getMessage();
        assertEquals("data folder " + file + " cannot be used: Not a directory", failure);
    }
}

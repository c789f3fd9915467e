package dev.juggler.model.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.juggler.bus.WireRecords;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.job.WorkSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChildAssignmentTest {
    @Test
    void carriesSecretsButDoesNotPrintThem() {
        WorkSpec work = new WorkSpec.ComputeSpec("square", Optional.empty(), List.of());
        Job job = Job.builder("a", work).model(ConcurrencyModel.PROCESSES, 1).build();
        Map<String, String> secrets = Map.of("_SECRET_1", "me:hunter2", "_SECRET_2", "");
        ChildAssignment assignment =
                new ChildAssignment("processes-0", "c", "127.0.0.1:1", "", job, ChildAssignment.Secret.all(secrets));
        assertEquals(
                secrets,
                WireRecords.of(ChildAssignment.class, WireRecords.bytes(assignment))
                        .values());
        assertFalse(assignment.toString().contains("hunter2"), assignment::toString);
    }
}

package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.failure;
import static dev.juggler.coordinator.SampleTasks.indexes;
import static dev.juggler.coordinator.SampleTasks.success;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OutcomeSequencerTest {
    private final OutcomeSequencer sequencer = new OutcomeSequencer();

    @Test
    void holdsEarlyOutcomes() {
        sequencer.expect(tasks(0, 3));
        sequencer.accept(success(2), true);
        sequencer.accept(success(1), true);
        assertFalse(sequencer.isReady());
        assertEquals(List.of(), sequencer.release());
        assertEquals(3, sequencer.held());
        sequencer.accept(success(0), true);
        assertTrue(sequencer.isReady());
        assertEquals(List.of(0L, 1L, 2L), indexes(sequencer.release()));
        assertEquals(0, sequencer.held());
    }

    @Test
    void releasesAllAttemptsOfATaskTogetherAfterTheLast() {
        sequencer.expect(tasks(0, 2));
        sequencer.accept(failure(0, 1), false);
        sequencer.accept(success(1), true);
        assertEquals(List.of(), sequencer.release());
        sequencer.accept(failure(0, 2), true);
        assertEquals(List.of(failure(0, 1), failure(0, 2), success(1)), sequencer.release());
    }

    @Test
    void aFinishedTaskWithoutOutcomesDelaysNoOther() {
        sequencer.expect(tasks(0, 3));
        sequencer.accept(failure(0, 1), false);
        sequencer.accept(success(2), true);
        sequencer.finish(0);
        sequencer.finish(1);
        assertEquals(List.of(failure(0, 1), success(2)), sequencer.release());
    }

    @Test
    void indexesMayHaveGaps() {
        sequencer.expect(List.of(SampleTasks.task(5), SampleTasks.task(9)));
        sequencer.accept(success(9), true);
        sequencer.accept(success(5), true);
        assertEquals(List.of(5L, 9L), indexes(sequencer.release()));
    }

    @Test
    void restoresTheOrderOfAnyPermutation() {
        List<Task> shuffled = new ArrayList<>(tasks(0, 2_000));
        sequencer.expect(shuffled);
        Collections.shuffle(shuffled, new Random(7));
        List<Long> released = new ArrayList<>();
        for (Task task : shuffled) {
            sequencer.accept(success(task.index()), true);
            released.addAll(indexes(sequencer.release()));
        }
        assertEquals(released.stream().sorted().toList(), released);
        assertEquals(2_000, released.size());
    }
}

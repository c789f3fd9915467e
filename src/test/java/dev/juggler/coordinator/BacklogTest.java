package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.failure;
import static dev.juggler.coordinator.SampleTasks.task;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BacklogTest {
    /** A time close to where nanoTime wraps around. */
    private static final long NOW = Long.MAX_VALUE - 5;

    private final TaskGroups groups = new TaskGroups(PerGroup.NONE, task -> task.index() % 2 == 0 ? "even" : "odd");
    private final List<Task> taken = new ArrayList<>();
    private final Backlog backlog = new Backlog(groups, taken::addAll);

    @Test
    void splitsPagesIntoBatchesInOrder() {
        backlog.add(tasks(0, 5));
        backlog.add(tasks(5, 7));
        assertEquals(new Batch(tasks(0, 3), 1, true), backlog.take(3, NOW, true));
        assertEquals(new Batch(tasks(3, 5), 1, true), backlog.take(3, NOW, true));
        assertEquals(2, backlog.fresh());
        assertEquals(new Batch(tasks(5, 7), 1, true), backlog.take(3, NOW, true));
        assertNull(backlog.take(3, NOW, true));
        assertTrue(backlog.isEmpty());
    }

    @Test
    void requeuedTasksAreTakenBeforeFreshOnes() {
        backlog.add(tasks(0, 5));
        backlog.requeue(tasks(10, 14), 2);
        backlog.requeue(List.of(), 1);
        assertEquals(new Batch(tasks(10, 13), 2, false), backlog.take(3, NOW, true));
        assertEquals(new Batch(tasks(13, 14), 2, false), backlog.take(3, NOW, true));
        assertEquals(new Batch(tasks(0, 3), 1, true), backlog.take(3, NOW, true));
    }

    @Test
    void aDueRetryIsTakenFirstEvenWhenTheClockWraps() {
        backlog.add(tasks(0, 1));
        backlog.retry(failure(7, 1), NOW + 10);
        backlog.retry(failure(8, 3), NOW + 4);
        assertEquals(new Batch(List.of(task(8)), 4, false), backlog.take(9, NOW + 4, true));
        assertEquals(new Batch(tasks(0, 1), 1, true), backlog.take(9, NOW + 9, true));
        assertNull(backlog.take(9, NOW + 9, true));
        assertEquals(new Batch(List.of(task(7)), 2, false), backlog.take(9, NOW + 10, true));
        assertTrue(backlog.isEmpty());
    }

    @Test
    void dispatchedTasksAreTakenWhileFreshOnesMustWait() {
        backlog.add(tasks(0, 5));
        backlog.requeue(tasks(10, 11), 1);
        backlog.retry(failure(7, 1), NOW);
        assertEquals(List.of(task(7)), backlog.take(9, NOW, false).tasks());
        assertEquals(tasks(10, 11), backlog.take(9, NOW, false).tasks());
        assertNull(backlog.take(9, NOW, false));
        assertEquals(OptionalLong.empty(), backlog.nextDue(NOW, false));
        assertFalse(backlog.isEmpty());
    }

    @Test
    void returnsTheTimeAtWhichTheNextTaskIsDue() {
        assertEquals(OptionalLong.empty(), backlog.nextDue(NOW, true));
        backlog.retry(failure(7, 1), NOW + 50);
        assertEquals(OptionalLong.of(NOW + 50), backlog.nextDue(NOW, true));
        backlog.add(tasks(0, 5));
        assertEquals(OptionalLong.of(NOW), backlog.nextDue(NOW, true));
        assertEquals(OptionalLong.of(NOW + 50), backlog.nextDue(NOW, false));
        backlog.requeue(tasks(9, 10), 1);
        assertEquals(OptionalLong.of(NOW), backlog.nextDue(NOW, false));
    }

    @Test
    void isCrowdedWhenManyTasksWaitForARetry() {
        for (int i = 0; i < Backlog.MAX_RETRIES; i++) {
            assertFalse(backlog.isCrowded());
            backlog.retry(failure(i, 1), NOW);
        }
        assertTrue(backlog.isCrowded());
    }

    @Test
    void dropsAllTasksAndReturnsTheDispatchedOnes() {
        backlog.add(tasks(0, 5));
        backlog.take(2, NOW, true);
        backlog.requeue(tasks(20, 22), 3);
        backlog.retry(failure(7, 1), NOW);
        Backlog.Dropped dropped = backlog.drop();
        assertEquals(List.of(failure(7, 1)), dropped.failed());
        assertEquals(List.of(new Batch(tasks(20, 22), 3, false)), dropped.requeued());
        assertTrue(backlog.isEmpty());
        assertNull(backlog.take(9, NOW, true));
        backlog.add(tasks(50, 51));
        assertEquals(tasks(50, 51), backlog.take(9, NOW, true).tasks());
    }

    @Test
    void aPausedGroupDelaysNoOtherAndIsFirstAfterItsPause() {
        groups.pause(task(0), 100, NOW);
        backlog.add(tasks(0, 6));
        backlog.retry(failure(8, 1), NOW);
        assertEquals(new Batch(List.of(task(1), task(3)), 1, true), backlog.take(4, NOW, true));
        assertEquals(new Batch(List.of(task(5)), 1, true), backlog.take(4, NOW, true));
        assertNull(backlog.take(4, NOW, true));
        assertEquals(tasks(0, 6), taken);
        assertEquals(OptionalLong.of(NOW + 100), backlog.nextDue(NOW, true));
        assertFalse(backlog.isEmpty());
        assertEquals(new Batch(List.of(task(8)), 2, false), backlog.take(4, NOW + 100, true));
        assertEquals(new Batch(List.of(task(0)), 1, true), backlog.take(1, NOW + 100, false));
        assertEquals(new Batch(List.of(task(2), task(4)), 1, true), backlog.take(4, NOW + 100, false));
        assertTrue(backlog.isEmpty());
        assertFalse(groups.areEnforced(NOW + 100));
    }

    @Test
    void dropsTasksThatWaitForTheirGroup() {
        groups.pause(task(0), 100, NOW);
        backlog.add(tasks(0, 3));
        backlog.requeue(List.of(task(4)), 2);
        backlog.retry(failure(6, 1), NOW);
        backlog.take(9, NOW, true);
        Backlog.Dropped dropped = backlog.drop();
        assertEquals(List.of(failure(6, 1)), dropped.failed());
        assertEquals(List.of(new Batch(List.of(task(4)), 2, false)), dropped.requeued());
        assertEquals(List.of(task(0), task(2)), dropped.untouched());
        assertTrue(backlog.isEmpty());
        assertNull(backlog.take(9, NOW + 200, true));
    }

    @Test
    void skipsABoundedNumberOfWaitingTasks() {
        groups.pause(task(0), 100, NOW);
        int count = 2 * TaskGroups.MAX_WAITING + 100;
        backlog.add(
                tasks(0, count).stream().filter(task -> task.index() % 2 == 0).toList());
        backlog.add(tasks(count + 1, count + 2));
        assertNull(backlog.take(1, NOW, true));
        assertEquals(50, backlog.fresh() - 1);
        backlog.retry(failure(7, 1), NOW);
        assertEquals(List.of(task(7)), backlog.take(1, NOW, true).tasks());
        assertEquals(OptionalLong.of(NOW + 100), backlog.nextDue(NOW, true));
        assertEquals(100, backlog.take(100, NOW + 100, true).tasks().size());
    }
}

package dev.juggler.coordinator;

import static dev.juggler.coordinator.SampleTasks.task;
import static dev.juggler.coordinator.SampleTasks.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.juggler.job.Limits.PerGroup;
import dev.juggler.job.Rate;
import dev.juggler.job.Task;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TaskGroupsTest {
    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long SECOND = 1_000_000_000;

    /** Names one of three groups: of tasks 0, 3, 6…; 1, 4, 7…; 2, 5, 8…. */
    private static String groupOf(Task task) {
        return "group-" + task.index() % 3;
    }

    private static TaskGroups limited(Integer inFlight, Double perSecond) {
        PerGroup limits = new PerGroup(
                Optional.ofNullable(inFlight), Optional.ofNullable(perSecond).map(Rate::new), Duration.ofMinutes(5));
        return new TaskGroups(limits, TaskGroupsTest::groupOf);
    }

    private static Batch fresh(Task... tasks) {
        return new Batch(List.of(tasks), 1, true);
    }

    @Test
    void determinesNoGroupWithoutLimitOrPause() {
        TaskGroups groups = new TaskGroups(PerGroup.NONE, task -> fail("asked"));
        assertFalse(groups.areEnforced(NOW));
        groups.leaveFlight(tasks(0, 3), NOW);
    }

    @Test
    void limitsTheTasksOfAGroupInFlight() {
        TaskGroups groups = limited(2, null);
        assertTrue(groups.areEnforced(NOW));
        Batch batch = groups.admit(new Batch(tasks(0, 9), 1, true), NOW);
        assertEquals(new Batch(tasks(0, 6), 1, true), batch);
        assertNull(groups.take(9, NOW));
        assertEquals(OptionalLong.empty(), groups.nextDue(NOW));
        groups.leaveFlight(List.of(task(4)), NOW);
        assertEquals(OptionalLong.of(NOW), groups.nextDue(NOW));
        assertEquals(fresh(task(7)), groups.take(9, NOW));
        groups.leaveFlight(tasks(0, 3), NOW);
        assertEquals(fresh(task(6), task(8)), groups.take(9, NOW));
        assertTrue(groups.isEmpty());
    }

    @Test
    void groupsThatMayStartTakeTurns() {
        TaskGroups groups = limited(1, null);
        groups.admit(new Batch(tasks(0, 9), 1, true), NOW);
        groups.leaveFlight(tasks(0, 3), NOW);
        assertEquals(fresh(task(3)), groups.take(1, NOW));
        groups.leaveFlight(List.of(task(3)), NOW);
        assertEquals(fresh(task(4)), groups.take(1, NOW));
        assertEquals(fresh(task(5)), groups.take(1, NOW));
        assertEquals(fresh(task(6)), groups.take(1, NOW));
    }

    @Test
    void limitsTheRateOfAGroup() {
        TaskGroups groups = limited(null, 2.0);
        assertEquals(fresh(task(0)), groups.admit(fresh(task(0), task(3), task(6)), NOW));
        assertEquals(OptionalLong.of(NOW + SECOND / 2), groups.nextDue(NOW));
        assertEquals(fresh(task(1)), groups.admit(fresh(task(1)), NOW));
        assertNull(groups.take(9, NOW + SECOND / 2 - 1));
        assertEquals(fresh(task(3)), groups.take(9, NOW + SECOND / 2));
        assertNull(groups.take(9, NOW + SECOND / 2));
        assertEquals(fresh(task(6)), groups.take(9, NOW + SECOND));
    }

    @Test
    void capsPausesAndKeepsTheLongest() {
        TaskGroups groups = limited(null, null);
        groups.pause(task(0), Long.MAX_VALUE, NOW);
        groups.pause(task(0), 1, NOW);
        assertTrue(groups.areEnforced(NOW));
        assertNull(groups.admit(fresh(task(3)), NOW));
        assertEquals(fresh(task(1)), groups.admit(fresh(task(1)), NOW));
        assertNull(groups.take(9, NOW + 300 * SECOND - 1));
        assertEquals(fresh(task(3)), groups.take(9, NOW + 300 * SECOND));
        assertFalse(groups.areEnforced(NOW + 300 * SECOND));
    }

    @Test
    void aPauseAlsoDelaysTasksThatWaitAlready() {
        TaskGroups groups = limited(1, null);
        groups.admit(fresh(task(0), task(3)), NOW);
        groups.leaveFlight(List.of(task(0)), NOW);
        groups.pause(task(0), 50, NOW);
        assertNull(groups.take(9, NOW));
        assertEquals(OptionalLong.of(NOW + 50), groups.nextDue(NOW));
        assertEquals(fresh(task(3)), groups.take(9, NOW + 50));
    }

    @Test
    void tasksOfDifferentAttemptsAreInSeparateBatches() {
        TaskGroups groups = limited(null, null);
        groups.pause(task(0), 50, NOW);
        groups.admit(fresh(task(0)), NOW);
        groups.admit(new Batch(List.of(task(3), task(6)), 2, false), NOW);
        assertEquals(fresh(task(0)), groups.take(9, NOW + 50));
        assertEquals(new Batch(List.of(task(3), task(6)), 2, false), groups.take(9, NOW + 50));
    }

    @Test
    void forgetsIdleGroupsOnly() {
        PerGroup limits = new PerGroup(Optional.of(1), Optional.empty(), Duration.ofMinutes(5));
        TaskGroups groups = new TaskGroups(limits, task -> task.index() == 1 ? "0" : "" + task.index());
        groups.admit(fresh(task(0)), NOW);
        for (int i = 2; i < 10_000; i++) {
            assertEquals(fresh(task(i)), groups.admit(fresh(task(i)), NOW));
            groups.leaveFlight(List.of(task(i)), NOW);
        }
        assertNull(groups.admit(fresh(task(1)), NOW));
        groups.leaveFlight(List.of(task(0)), NOW);
        assertEquals(fresh(task(1)), groups.take(9, NOW));
    }
}

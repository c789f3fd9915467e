package dev.juggler.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.compare.TimelineRecorder.AttemptInterval;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.FetchSpec;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.job.Value;
import dev.juggler.report.Timeline;
import dev.juggler.work.WorkProvider;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineRecorderTest {
    private static final long MILLI = 1_000_000;

    @Test
    void showsWorkersAsLanesInTheOrderOfTheirNumbers() {
        TimelineRecorder record = record(ConcurrencyModel.THREADS, 12);
        for (int i = 11; i >= 0; i--) {
            record.add(outcome(i, "threads-" + i, 1_000 * i, 5 * MILLI));
        }

        Timeline timeline = record.timeline();

        assertEquals("threads-0", timeline.lanes().getFirst().name());
        assertEquals("threads-11", timeline.lanes().getLast().name());
        assertEquals(12, timeline.shown());
        assertFalse(timeline.isSampled());
        assertEquals(0.016, timeline.extent().seconds(), 1e-9);
        assertEquals(0.003, timeline.lanes().get(3).blocks().getFirst().start(), 1e-9);
    }

    @Test
    void overlappingAttemptsGetDifferentLanesUnderAsync() {
        TimelineRecorder record = record(ConcurrencyModel.ASYNC, 8);
        record.add(outcome(0, "async-0", 0, 10 * MILLI));
        record.add(outcome(1, "async-0", 1_000, 2 * MILLI));
        record.add(outcome(2, "async-0", 4_000, 2 * MILLI));

        Timeline timeline = record.timeline();

        assertEquals(2, timeline.allLanes());
        assertEquals(1, timeline.lanes().getFirst().blocks().size());
        assertEquals(2, timeline.lanes().get(1).blocks().size());
        assertTrue(timeline.inFlight().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(0)
                >= 1.9);
    }

    @Test
    void showsAWindowInTheMiddleOfVeryManyTasks() {
        TimelineRecorder record = record(ConcurrencyModel.SEQUENTIAL, 1);
        int many = 100_000;
        for (int i = 0; i < many; i++) {
            record.add(outcome(i, "sequential-0", 1_000L * i, MILLI));
        }

        Timeline timeline = record.timeline();

        assertTrue(timeline.isSampled());
        assertEquals(many, timeline.extent().attempts());
        assertTrue(timeline.shown() >= TimelineBuilder.MAX_BLOCKS, timeline.shown() + " blocks");
        assertTrue(timeline.shown() <= TimelineBuilder.MAX_BLOCKS + 2, timeline.shown() + " blocks");
        assertEquals(50, (timeline.window().from() + timeline.window().to()) / 2, 0.1);
    }

    @Test
    void recordsALimitedNumberOfAttemptsAndCountsTheRest() {
        TimelineRecorder record = record(ConcurrencyModel.SEQUENTIAL, 1);
        for (int i = 0; i < TimelineRecorder.MAX_ATTEMPTS + 10; i++) {
            record.add(outcome(i, "sequential-0", i, 1));
        }

        Timeline timeline = record.timeline();

        assertEquals(TimelineRecorder.MAX_ATTEMPTS, timeline.extent().recorded());
        assertEquals(TimelineRecorder.MAX_ATTEMPTS + 10, timeline.extent().attempts());
    }

    @Test
    void aRunWithoutTasksHasAnEmptyTimeline() {
        Timeline timeline = record(ConcurrencyModel.ASYNC, 8).timeline();

        assertEquals(0, timeline.shown());
        assertEquals(List.of(), timeline.inFlight());
    }

    @Test
    void reusesALaneOnceItIsFree() {
        assertArrayEquals(
                new int[] {0, 1, 0, 2},
                LaneAllocator.allocate(List.of(attempt(0, 10), attempt(5, 100), attempt(10, 100), attempt(12, 1))));
    }

    @Test
    void instrumentedWorkOverridesEveryMethodOfAProvider() {
        List<String> own = Arrays.stream(InstrumentedWork.class.getDeclaredMethods())
                .map(Method::getName)
                .toList();
        for (Method method : WorkProvider.class.getDeclaredMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                assertTrue(own.contains(method.getName()), method.getName() + " is not overridden");
            }
        }
    }

    private static AttemptInterval attempt(long start, double micros) {
        return new AttemptInterval(0, start, micros, 0, true);
    }

    private static TimelineRecorder record(ConcurrencyModel model, int concurrency) {
        return new TimelineRecorder(
                Job.builder("id", FetchSpec.READ).model(model, concurrency).build());
    }

    private static Outcome outcome(long index, String worker, long startedMicros, long runNanos) {
        Result result = new Result.Succeeded(new Value.Computed(1L));
        return new Outcome(new Task(index, new Input.Whole(index)), 1, result, worker, startedMicros, 0, runNanos);
    }
}

package dev.juggler.coordinator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Chunking;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChunkerTest {
    private static final OptionalLong MANY = OptionalLong.of(1_000_000_000);

    private final Chunker auto = new Chunker(new Chunking.Auto());

    @Test
    void aFixedSizeDoesNotDependOnDurations() {
        Chunker fixed = new Chunker(new Chunking.Fixed(7));
        fixed.learn(taking(1));
        assertEquals(7, fixed.next(OptionalLong.of(2), 100));
        assertEquals(0, fixed.budgetNanos());
    }

    @Test
    void startsWithSingleTasksAndGrowsGradually() {
        assertEquals(1, auto.next(MANY, 4));
        auto.learn(taking(1_000));
        assertTrue(auto.next(MANY, 4) <= 8);
        for (int i = 0; i < 50; i++) {
            auto.learn(taking(1_000));
        }
        assertEquals(Chunker.MAX_SIZE, auto.next(MANY, 4));
        assertEquals(Chunker.MAX_SIZE, auto.next(OptionalLong.empty(), 4));
        assertTrue(auto.budgetNanos() > 0);
    }

    @Test
    void aimsAtFiveMilliseconds() {
        for (int i = 0; i < 100; i++) {
            auto.learn(taking(100_000));
        }
        assertEquals(50, auto.next(MANY, 4), 1);
    }

    @Test
    void shrinksAtOnceWhenTasksTakeLonger() {
        for (int i = 0; i < 50; i++) {
            auto.learn(taking(1_000));
        }
        auto.learn(taking(50_000_000));
        assertEquals(1, auto.next(MANY, 4));
    }

    @Test
    void theLastChunksAreSmallSoThatWorkersEndTogether() {
        for (int i = 0; i < 50; i++) {
            auto.learn(taking(1_000));
        }
        assertEquals(100, auto.next(OptionalLong.of(800), 4));
        assertEquals(1, auto.next(OptionalLong.of(3), 4));
        assertEquals(1, auto.next(OptionalLong.of(0), 4));
        assertEquals(400, auto.next(OptionalLong.of(800), 0));
    }

    @Test
    void learnsNothingFromNoOutcomesAndAcceptsZeroDurations() {
        auto.learn(List.of());
        assertEquals(1, auto.next(MANY, 4));
        auto.learn(taking(0));
        assertEquals(2, auto.next(MANY, 4), 6);
    }

    private static List<Outcome> taking(long nanos) {
        return List.of(new Outcome(SampleTasks.task(0), 1, new Result.Succeeded(null), "w", 0, 0, nanos));
    }
}

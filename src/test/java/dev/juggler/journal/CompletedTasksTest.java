package dev.juggler.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class CompletedTasksTest {
    private final CompletedTasks completed = new CompletedTasks();

    @Test
    void nothingIsCompletedAtFirst() {
        assertTrue(completed.isEmpty());
        assertFalse(completed.take(""));
        assertEquals(0, completed.initialSize());
    }

    @Test
    void eachSuccessIsTakenOnce() {
        completed.add("a");
        completed.add("a");
        completed.add("b");
        assertTrue(completed.take("a"));
        assertTrue(completed.take("a"));
        assertFalse(completed.take("a"));
        assertFalse(completed.isEmpty());
        assertTrue(completed.take("b"));
        assertTrue(completed.isEmpty());
        assertEquals(3, completed.initialSize());
    }

    @Test
    void aHundredThousandKeysWithDuplicatesAreAllFound() {
        int keys = 100_000;
        for (int i = 0; i < keys; i++) {
            for (int times = 0; times < copies(i); times++) {
                completed.add("https://site.example/page/" + i);
            }
        }
        for (int i = keys - 1; i >= 0; i--) {
            String key = "https://site.example/page/" + i;
            for (int times = 0; times < copies(i); times++) {
                assertTrue(completed.take(key), key);
            }
            assertFalse(completed.take(key), key);
            assertFalse(completed.take("https://site.example/other/" + i));
        }
        assertTrue(completed.isEmpty());
    }

    private static int copies(int i) {
        return i % 7 == 0 ? 3 : 1;
    }

    @Test
    void aKeyCanBeAddedAgainAfterItWasTaken() {
        completed.add("a");
        completed.take("a");
        completed.add("a");
        assertTrue(completed.take("a"));
        assertFalse(completed.take("a"));
    }
}

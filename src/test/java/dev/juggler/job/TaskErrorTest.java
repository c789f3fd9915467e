package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TaskErrorTest {
    @Test
    void namesTheClassOfAnException() {
        assertEquals(
                "IllegalStateException: boom",
                TaskError.of(new IllegalStateException("boom")).message());
        assertEquals(
                "StackOverflowError", TaskError.of(new StackOverflowError()).message());
    }

    @Test
    void namesTheSuperclassOfAnAnonymousException() {
        RuntimeException anonymous = new RuntimeException("boom") {
            private static final long serialVersionUID = 1L;
        };
        assertEquals("RuntimeException: boom", TaskError.of(anonymous).message());
    }
}

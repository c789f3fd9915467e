package dev.juggler.work;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiskFullTest {
    @Test
    void knowsAFullDiskFromOtherFaults() {
        assertTrue(DiskFull.isToldBy("/a/b: No space left on device"));
        assertTrue(DiskFull.isToldBy("Read-only file system"));
        assertFalse(DiskFull.isToldBy("Permission denied"));
        assertFalse(DiskFull.isToldBy(""));
        assertFalse(DiskFull.isToldBy(null));
    }

    /** The words of the C library, in whatever language it speaks here. */
    @Test
    void knowsTheWordsOfThisLanguage() {
        assertTrue(
                DiskFull.ofThisLanguage().allMatch(words -> words.length() > 10 && DiskFull.isToldBy("x: " + words)));
        assertTrue(DiskFull.ofThisLanguage().count() == 3);
    }
}

package dev.juggler.work;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FullDiskTest {
    @Test
    void knowsAFullDiskFromOtherFaults() {
        assertTrue(FullDisk.isToldBy("/a/b: No space left on device"));
        assertTrue(FullDisk.isToldBy("Read-only file system"));
        assertFalse(FullDisk.isToldBy("Permission denied"));
        assertFalse(FullDisk.isToldBy(""));
        assertFalse(FullDisk.isToldBy(null));
    }

    /** The words of the C library, in whatever language it speaks here. */
    @Test
    void knowsTheWordsOfThisLanguage() {
        assertTrue(
                FullDisk.ofThisLanguage().allMatch(words -> words.length() > 10 && FullDisk.isToldBy("x: " + words)));
        assertTrue(FullDisk.ofThisLanguage().count() == 3);
    }
}

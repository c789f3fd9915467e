package dev.juggler.work;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DiskFullTest {
    @Test
    void distinguishesAFullDiskFromOtherErrors() {
        assertTrue(DiskFull.isReportedBy("/a/b: No space left on device"));
        assertTrue(DiskFull.isReportedBy("Read-only file system"));
        assertFalse(DiskFull.isReportedBy("Permission denied"));
        assertFalse(DiskFull.isReportedBy(""));
        assertFalse(DiskFull.isReportedBy(null));
    }

    /** Checks the messages of the C library in the current language. */
    @Test
    void readsTheLocalizedMessages() {
        assertTrue(DiskFull.localizedMessages()
                .allMatch(message -> message.length() > 10 && DiskFull.isReportedBy("x: " + message)));
        assertTrue(DiskFull.localizedMessages().count() == 3);
    }
}

package dev.juggler.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class AddressesTest {

    @Test
    void addressesDiffer() {
        assertEquals("juggler.fetch", Addresses.service("fetch"));
        assertEquals("juggler.job.j-1.workers", Addresses.coordinator("j-1"));
        assertEquals("juggler.job.j-1.worker.threads-3", Addresses.worker("j-1", "threads-3"));
        assertNotEquals(Addresses.worker("j-1", "async-0"), Addresses.worker("j-2", "async-0"));
    }
}

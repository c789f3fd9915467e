package dev.juggler.bus;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.AllocatedBytes;
import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import dev.juggler.job.Job;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Decodes arbitrary bytes as bus messages and as records. */
class WireFormatFuzzTest {
    private static final long FIXED_BYTES = 1 << 20;

    /** The dearest byte is one of a record, whose components are found by reflection. */
    private static final long BYTES_PER_BYTE = 1 << 10;

    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) throws Throwable {
        decode(input);
    }

    @FuzzTarget
    void decode(byte[] input) throws Throwable {
        long limit = FIXED_BYTES + BYTES_PER_BYTE * input.length;
        AllocatedBytes.assertAtMost(limit, () -> decodeMessage(input));
        AllocatedBytes.assertAtMost(limit, () -> decodeFrame(input));
        AllocatedBytes.assertAtMost(limit, () -> decodeRecord(input));
    }

    @Test
    void nestedListsThatEachClaimTheRestOfTheMessageAllocateLittle() throws Throwable {
        int computed = 3;
        int list = 9;
        int elements = 90_000;
        WireWriter out = new WireWriter();
        out.bits(computed);
        for (int depth = 0; depth < 500; depth++) {
            out.bits(list);
            out.count(elements);
        }
        for (int i = 0; i < elements; i++) {
            out.bits(0);
        }
        byte[] bytes = out.bytes();
        AllocatedBytes.assertAtMost(
                10 << 20, () -> assertThrows(WireException.class, () -> WireValues.read(new WireReader(bytes))));
    }

    private static void decodeMessage(byte[] input) {
        BusMessage message;
        try {
            message = WireFormat.decode(input);
        } catch (WireException rejected) {
            return;
        }
        byte[] encoded = WireFormat.encode(message);
        assertArrayEquals(encoded, WireFormat.encode(WireFormat.decode(encoded)));
    }

    private static void decodeFrame(byte[] input) {
        try {
            assertNotNull(new BusMessageCodec().decodeFromWire(0, Buffer.buffer(input)));
        } catch (WireException rejected) {
            return;
        }
    }

    private static void decodeRecord(byte[] input) {
        Job job;
        try {
            job = WireRecords.of(Job.class, input);
        } catch (WireException rejected) {
            return;
        }
        byte[] encoded = WireRecords.bytes(job);
        assertArrayEquals(encoded, WireRecords.bytes(WireRecords.of(Job.class, encoded)));
    }
}

package dev.juggler.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.juggler.job.Input;
import dev.juggler.job.Outcome;
import dev.juggler.job.Result;
import dev.juggler.job.Value;
import dev.juggler.report.MeasuredRun;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.apache.commons.codec.digest.MurmurHash3;
import org.jspecify.annotations.Nullable;

/**
 * An order-independent digest of the outcomes of all tasks: the sum of a 128-bit hash of each (64 bits for numbers). It
 * detects accidental differences, not deliberate ones. Confined to one thread.
 *
 * <p>The digest covers the input, the state and, for a success, the value: a fetch's status, length, URL and CRC-32C, a
 * program's exit status and stdout, a function's result. It leaves out the names of saved files, because equal names
 * are numbered in the order of arrival, and stderr, which is meant for people.
 */
final class OutcomeDigest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    private static final int SEED = 0x4a756767;
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long inputsHigh;
    private long inputsLow;
    private long outcomesHigh;
    private long outcomesLow;

    /** Adds the outcome of a task's last attempt. */
    void add(Outcome outcome) throws IOException {
        if (outcome.task().input() instanceof Input.Whole(long input)
                && outcome.result() instanceof Result.Succeeded(Value.Computed(Long value))) {
            addNumber(input, value);
        } else {
            addAny(outcome);
        }
    }

    /**
     * Adds a number computed from a number with a faster 64-bit hash: there are millions of them, and each takes less
     * time than a 128-bit hash.
     */
    private void addNumber(long input, long value) {
        long key = Hash.of(input);
        inputsLow += key;
        outcomesLow += Hash.mixed(key + GAMMA * value);
    }

    private void addAny(Outcome outcome) throws IOException {
        Hash key = outcome.task().input() instanceof Input.Whole(long number)
                ? new Hash(0, Hash.of(number))
                : Hash.of(outcome.task().key());
        inputsHigh += key.high;
        inputsLow += key.low;
        Hash value = outcome.succeeded() ? Hash.of(text(outcome.result().value())) : Hash.of(failure(outcome));
        // Combined with the key's hash: otherwise two keys that swapped their values would give the same sum.
        outcomesHigh += Hash.mixed(key.high + GAMMA * value.high);
        outcomesLow += Hash.mixed(key.low + GAMMA * value.low);
    }

    /** A 128-bit hash. */
    private record Hash(long high, long low) {
        static Hash of(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            long[] hash = MurmurHash3.hash128x64(bytes, 0, bytes.length, SEED);
            return new Hash(hash[0], hash[1]);
        }

        static long of(long number) {
            return mixed(number + GAMMA);
        }

        /** The finalizer of SplittableRandom (Steele, Lea and Flood, 2014), with Stafford's constants. */
        static long mixed(long bits) {
            long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return mixed ^ (mixed >>> 31);
        }
    }

    private static String failure(Outcome outcome) {
        return outcome.state().id() + " "
                + Objects.requireNonNull(outcome.result().error(), "an unsuccessful outcome has an error")
                        .type();
    }

    private static String text(@Nullable Value value) throws IOException {
        return switch (value) {
            case null -> "nothing";
            case Value.Computed(Object json) -> computed(json);
            case Value.Fetched fetched ->
                fetched.status() + " " + fetched.bytes() + " " + fetched.crc32c() + " " + fetched.url();
            case Value.Exited exited -> {
                String stdout = lengthAndCrc(exited.stdout());
                deleteFile(exited.stdout());
                deleteFile(exited.stderr());
                yield exited.exit() + " " + stdout;
            }
        };
    }

    private static String computed(Object json) throws JsonProcessingException {
        return switch (json) {
            case BigInteger number -> number.toString();
            case null, default -> JSON.writeValueAsString(json);
        };
    }

    private static String lengthAndCrc(Value.Output output) throws IOException {
        CRC32C crc = new CRC32C();
        if (output.file() == null) {
            crc.update(output.bytes());
        } else {
            try (InputStream file = new FileInputStream(output.file())) {
                byte[] piece = new byte[1 << 16];
                for (int n = file.read(piece); n >= 0; n = file.read(piece)) {
                    crc.update(piece, 0, n);
                }
            }
        }
        return output.length() + " " + crc.getValue();
    }

    /** Deletes the temporary file of an output that was too long for memory. */
    private static void deleteFile(Value.Output output) throws IOException {
        if (output.file() != null) {
            Files.deleteIfExists(Path.of(output.file()));
        }
    }

    /** The digests of all outcomes added so far, in hexadecimal. */
    MeasuredRun.Digests digests() {
        return new MeasuredRun.Digests(hex(inputsHigh, inputsLow), hex(outcomesHigh, outcomesLow));
    }

    private static String hex(long high, long low) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}

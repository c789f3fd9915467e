package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.AllocatedBytes;
import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import dev.juggler.job.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Reads arbitrary bytes as a list of lines and as a list of entries that end with a NUL. */
class ListSourceFuzzTest {
    private static final long FIXED_BYTES = 1 << 20;
    private static final long BYTES_PER_BYTE = 1 << 10;

    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) throws Throwable {
        read(input);
    }

    @FuzzTarget
    void read(byte[] input) throws Throwable {
        for (ListFormat format : ListFormat.values()) {
            AllocatedBytes.assertAtMost(FIXED_BYTES + BYTES_PER_BYTE * input.length, () -> {
                List<String> inputs = inputs(new ByteArrayInputStream(input), format, 1_000);
                assertEquals(
                        inputs, inputs(new Trickle(input), format, 3), "the inputs, in whatever pieces they arrive");
                expected(input, format).ifPresent(expected -> assertEquals(expected, inputs));
            });
        }
    }

    /** The inputs up to the end, or up to a record that is rejected, which follows as its message. */
    private static List<String> inputs(InputStream in, ListFormat format, int max) throws IOException {
        List<String> all = new ArrayList<>();
        try (ListSource source = ListSource.of(in, format)) {
            for (var page = source.next(max); !page.isEmpty(); page = source.next(max)) {
                assertTrue(page.size() <= max);
                page.forEach(task -> all.add(((Input.Text) task.input()).value()));
            }
        } catch (IllegalArgumentException rejected) {
            String message = rejected.getMessage();
            assertTrue(message.matches("(line|entry) [0-9]+ of standard input [ -~]+"), message);
            return List.of(message);
        }
        for (String each : all) {
            assertFalse(each.indexOf(format.separator()) >= 0, each);
            assertTrue(format == ListFormat.NUL || !each.isEmpty() && each.equals(each.strip()), each);
        }
        return all;
    }

    /** The inputs of a list by the description of its format; empty if it is not UTF-8 or has a NUL in a line. */
    private static Optional<List<String>> expected(byte[] input, ListFormat format) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        if (format == ListFormat.LINES && text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        String separator = Character.toString(format.separator());
        List<String> records = new ArrayList<>(List.of(text.split(separator, -1)));
        if (records.getLast().isEmpty()) {
            records.removeLast();
        }
        if (format == ListFormat.NUL) {
            return Optional.of(records);
        }
        if (text.startsWith("\uFEFF")) {
            records.set(0, records.getFirst().substring(1));
        }
        return Optional.of(records.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList());
    }

    /** A stream that gives one byte at a time. */
    private static final class Trickle extends InputStream {
        private final InputStream in;

        private Trickle(byte[] bytes) {
            this.in = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, Math.min(length, 1));
        }
    }
}

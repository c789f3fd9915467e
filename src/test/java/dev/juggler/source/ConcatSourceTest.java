package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConcatSourceTest {

    @Test
    void sourcesAreConcatenatedWithConsecutiveIndexes() throws IOException {
        Source all = Sources.concat(List.of(numbers("1..4"), list(""), list("a\nb\nc\nd\n"), numbers(), numbers("9")));
        assertEquals(List.of("1", "2", "3", "4", "a", "b", "c", "d", "9"), Drain.keys(all));
    }

    @Test
    void sizeIsTheSumWhenAllAreKnown() {
        assertEquals(
                OptionalLong.of(13),
                Sources.concat(List.of(numbers("1..10"), numbers("1..3"))).size());
        assertEquals(
                OptionalLong.empty(),
                Sources.concat(List.of(numbers("1..10"), list("a"))).size());
        assertEquals(OptionalLong.of(0), Sources.concat(List.of()).size());
        List<Source> tooMany = List.of(numbers("1..9223372036854775807"), numbers("1"));
        assertThrows(IllegalArgumentException.class, () -> Sources.concat(tooMany));
    }

    @Test
    void theSizeStaysTheSameWhileSourcesAreRead() throws IOException {
        Source all = Sources.concat(List.of(numbers("1..2"), numbers("3..5")));
        assertEquals(5, Drain.inputs(all, 2).size());
        assertEquals(OptionalLong.of(5), all.size());
    }

    @Test
    void noSourcesMakeAnEmptySource() throws IOException {
        assertEquals(List.of(), Drain.keys(Sources.concat(List.of())));
    }

    @Test
    void sourcesAreClosedAtTheirEndOrWithTheWhole() throws IOException {
        List<String> closed = new ArrayList<>();
        Source all = Sources.concat(List.of(closing("a", closed), closing("b", closed), closing("c", closed)));
        all.next(10);
        assertEquals(List.of(), closed);
        all.next(10);
        assertEquals(List.of("a"), closed);
        IOException failure = assertThrows(IOException.class, all::close);
        assertEquals(List.of("a", "b", "c"), closed);
        assertEquals("c", failure.getSuppressed()[0].getMessage());
        all.close();
        assertTrue(all.next(1).isEmpty());
    }

    /** A source with one task, which records its close. The close fails unless the name is a. */
    private static Source closing(String name, List<String> closed) {
        Source one = numbers("1");
        return new Source() {
            @Override
            public List<Task> next(int max) throws IOException {
                return one.next(max);
            }

            @Override
            public OptionalLong size() {
                return one.size();
            }

            @Override
            public void close() throws IOException {
                closed.add(name);
                if (!name.equals("a")) {
                    throw new IOException(name);
                }
            }
        };
    }

    private static Source numbers(String... arguments) {
        return Sources.arguments(List.of(arguments), ExpansionMode.RANGES);
    }

    private static Source list(String text) {
        return Sources.list(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeArgumentsTest {

    @ParameterizedTest
    @CsvSource({
        "1..5, 1 2 3 4 5",
        "5..1, 5 4 3 2 1",
        "-2..2, -2 -1 0 1 2",
        "-1..-3, -1 -2 -3",
        "7..7, 7",
        "7..7..-3, 7",
        "0..10..5, 0 5 10",
        "0..9..5, 0 5",
        "0..9..+4, 0 4 8",
        "10..1..-4, 10 6 2",
        "5000000..5000002, 5000000 5000001 5000002",
        "9223372036854775806..9223372036854775807, 9223372036854775806 9223372036854775807",
        "-9223372036854775808..9223372036854775807..9223372036854775807, "
                + "-9223372036854775808 -1 9223372036854775806",
        "9223372036854775807..-9223372036854775808..-9223372036854775808, 9223372036854775807 -1",
    })
    void rangeExpandsToItsNumbersWithBothEnds(String range, String numbers) throws IOException {
        List<Input> expected = List.of(numbers.split(" ")).stream()
                .<Input>map(number -> new Input.Whole(Long.parseLong(number)))
                .toList();
        Source source = ranges(range);
        assertEquals(OptionalLong.of(expected.size()), source.size());
        assertEquals(expected, Drain.inputs(source, 2));
    }

    @ParameterizedTest
    @CsvSource({"08..11, 08 09 10 11", "1..010..4, 001 005 009", "-01..01, -01 000 001", "00..1, 00 01"})
    void leadingZerosOfARangeAreKept(String range, String texts) throws IOException {
        List<Input> expected =
                List.of(texts.split(" ")).stream().<Input>map(Input.Text::new).toList();
        assertEquals(expected, Drain.inputs(ranges(range), 2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 17, -5, Long.MAX_VALUE, Long.MIN_VALUE})
    void aPlainNumberIsANumber(long number) throws IOException {
        assertEquals(List.of(new Input.Whole(number)), Drain.inputs(ranges(Long.toString(number)), 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007",
                "+5",
                "-0",
                "00",
                "9223372036854775808",
                "-9223372036854775809",
                "1e3",
                "1.5",
                " 17",
                "٣",
                "",
                "a..b",
                "..",
                "../..",
                "1..",
                "..2",
                "1...3",
                "1..2.txt",
                "1..2..3..4",
                "{1..3}",
                "1 .. 3"
            })
    void otherArgumentsAreUnchangedText(String text) throws IOException {
        assertEquals(List.of(new Input.Text(text)), Drain.inputs(ranges(text), 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1..5..0    | the range '1..5..0' never ends: give a step other than 0",
                "1..5..-1   | the range '1..5..-1' leads away from its end: give the step 1",
                "5..1..2    | the range '5..1..2' leads away from its end: give the step -2",
                "1..9223372036854775808 | the range '1..9223372036854775808' has a number that is too large: "
                        + "from -9223372036854775808 to 9223372036854775807 can be counted",
                "-9223372036854775808..9223372036854775807 | the range '-9223372036854775808..9223372036854775807' "
                        + "has more numbers than can be counted: give closer ends",
            })
    void invalidRangeIsRejectedOnOpening(String range, String message) {
        IllegalArgumentException rejection = assertThrows(IllegalArgumentException.class, () -> ranges("1..3", range));
        assertEquals(message, rejection.getMessage());
    }

    @Test
    void argumentsHaveConsecutiveIndexes() throws IOException {
        Source source = ranges("1..3", "x", "9", "2..1");
        assertEquals(OptionalLong.of(7), source.size());
        assertEquals(List.of("1", "2", "3", "x", "9", "2", "1"), Drain.keys(source));
    }

    @Test
    void aPageSpansArguments() throws IOException {
        assertEquals(4, ranges("1", "2..3", "x").next(100).size());
    }

    @Test
    void aHugeRangeStartsAtOnce() throws IOException {
        Source source = ranges("0..9223372036854775806");
        assertEquals(OptionalLong.of(Long.MAX_VALUE), source.size());
        assertEquals(List.of(new Task(0, new Input.Whole(0)), new Task(1, new Input.Whole(1))), source.next(2));
    }

    @Test
    void moreInputsThanCanBeCountedAreRejected() {
        assertEquals(
                "there are more inputs than can be counted: give fewer or shorter ranges",
                assertThrows(IllegalArgumentException.class, () -> ranges("1..9223372036854775807", "1"))
                        .getMessage());
    }

    @Test
    void literalArgumentsAreTextEvenIfTheyLookLikeRanges() throws IOException {
        Source source = Sources.arguments(List.of("1..3", "17", "{a,b}"), ExpansionMode.LITERAL);
        assertEquals(
                List.of(new Input.Text("1..3"), new Input.Text("17"), new Input.Text("{a,b}")),
                Drain.inputs(source, 5));
    }

    @Test
    void noArgumentsMakeAnEmptySource() throws IOException {
        Source source = ranges();
        assertEquals(OptionalLong.of(0), source.size());
        assertTrue(source.next(1).isEmpty());
    }

    @Test
    void emptyPageSizeIsRejected() {
        assertThrows(IllegalArgumentException.class, () -> ranges("1").next(0));
    }

    private static Source ranges(String... arguments) {
        return Sources.arguments(List.of(arguments), ExpansionMode.RANGES);
    }
}

package dev.juggler.work.compute.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonResultsTest {
    private static final BigInteger BIG = BigInteger.TWO.pow(70);

    record Point(int x, String label) {}

    enum Color {
        RED
    }

    private final JsonResults values = new JsonResults();

    static List<Arguments> returned() {
        return List.of(
                Arguments.of(null, null),
                Arguments.of(true, true),
                Arguments.of(5L, 5L),
                Arguments.of(1.5, 1.5),
                Arguments.of(BIG, BIG),
                Arguments.of(new BigDecimal("0.10"), new BigDecimal("0.10")),
                Arguments.of(Double.NaN, "NaN"),
                Arguments.of(Double.NEGATIVE_INFINITY, "-Infinity"),
                Arguments.of(Float.POSITIVE_INFINITY, "Infinity"),
                Arguments.of('c', "c"),
                Arguments.of(new StringBuilder("text"), "text"),
                Arguments.of(Optional.of(3), 3),
                Arguments.of(Optional.empty(), null),
                Arguments.of(Path.of("a/b"), "a/b"),
                Arguments.of(List.of(Path.of("a/b")), List.of("a/b")),
                Arguments.of(Duration.ofSeconds(1), "PT1S"),
                Arguments.of(Map.of("at", Instant.EPOCH), Map.of("at", "1970-01-01T00:00:00Z")),
                Arguments.of(new int[] {1, 2}, List.of(1, 2)),
                Arguments.of(new byte[] {1, 2}, "AQI="),
                Arguments.of(Map.of("b", new byte[] {1, 2}), Map.of("b", "AQI=")),
                Arguments.of(List.of(1, Double.NaN, List.of()), List.of(1, "NaN", List.of())),
                Arguments.of(Arrays.asList(5L, BIG, new BigDecimal("0.10")), List.of(5L, BIG, new BigDecimal("0.10"))),
                Arguments.of(Map.of(1, 'c'), Map.of("1", "c")),
                Arguments.of(new Point(1, "p"), Map.of("x", 1, "label", "p")),
                Arguments.of(Color.RED, "RED"),
                Arguments.of(Stream.of(1, 2), List.of(1, 2)));
    }

    @ParameterizedTest
    @MethodSource("returned")
    void returnValuesAreConvertedToJson(Object returned, Object json) throws TaskFailureException {
        assertEquals(json, values.of(returned));
    }

    @Test
    void valuesAreImmutable() throws TaskFailureException {
        int[] numbers = {1};
        Map<?, ?> map = (Map<?, ?>) values.of(Map.of("a", numbers));
        numbers[0] = 2;
        assertEquals(Map.of("a", List.of(1)), map);
        assertThrows(UnsupportedOperationException.class, map::clear);
        assertThrows(UnsupportedOperationException.class, () -> ((List<?>) map.get("a")).clear());
    }

    @Test
    void textAndLongsAreNotCopied() throws TaskFailureException {
        Long number = 123_456_789L;
        assertSame(number, values.of(number));
    }

    @Test
    void unconvertibleValueIsABadValue() {
        assertEquals(
                "bad-value",
                assertThrows(TaskFailureException.class, () -> values.of(new Object()))
                        .error()
                        .type());
        List<Object> loop = new ArrayList<>();
        loop.add(loop);
        assertEquals(
                "bad-value",
                assertThrows(TaskFailureException.class, () -> values.of(loop))
                        .error()
                        .type());
    }
}

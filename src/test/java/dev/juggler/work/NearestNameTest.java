package dev.juggler.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
    private static final List<String> NAMES = List.of("fetch", "--retries", "--timeout", "threads", "sum-squares");

    @ParameterizedTest
    @CsvSource({
        "fetsh, fetch",
        "FETCH, fetch",
        "--retry, --retries",
        "--tiemout, --timeout",
        "threds, threads",
        "sum, sum-squares",
    })
    void findsTheNameMeant(String misspelt, String meant) {
        assertEquals(Optional.of(meant), NearestName.to(misspelt, NAMES));
    }

    @ParameterizedTest
    @CsvSource({"x", "--", "help", "''", "something"})
    void findsNoneThatIsFarFromAll(String name) {
        assertEquals(Optional.empty(), NearestName.to(name, NAMES));
    }

    @Test
    void asksOnlyWhetherANameIsMeantThatThereIs() {
        assertEquals("; did you mean 'fetch'?", NearestName.question("fetsh", NAMES));
        assertEquals("", NearestName.question("x", NAMES));
    }
}

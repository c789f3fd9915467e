package dev.juggler.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.ConcurrencyModel;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidateParserTest {
    private static final OptionalInt NONE = OptionalInt.empty();

    @Test
    void aModelsOwnNumberOverridesTheCommonOneAndThatTheDefault() {
        assertEquals(
                List.of(
                        new Candidate(ConcurrencyModel.SEQUENTIAL, 1),
                        new Candidate(ConcurrencyModel.THREADS, 5),
                        new Candidate(ConcurrencyModel.THREADS, 9),
                        new Candidate(ConcurrencyModel.ASYNC, 9)),
                CandidateParser.parse("sequential, threads:5,threads,async", OptionalInt.of(9), "fetch", 2));
        assertEquals(
                List.of(new Candidate(ConcurrencyModel.ASYNC, 64)), CandidateParser.parse("async", NONE, "fetch", 2));
    }

    @Test
    void comparesAllModelsWithoutAList() {
        assertEquals(
                List.of(ConcurrencyModel.values()),
                CandidateParser.all(NONE, "fetch", 2).stream()
                        .map(Candidate::model)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "threds, 'threds' is not a concurrency model",
        "'', '' is not a concurrency model",
        "auto, 'auto' is not a concurrency model",
        "threads:x, write a number after the colon",
        "threads:0, concurrency must be at least 1",
        "sequential:2, runs one task at a time",
        "'async,async:64', lists a model with the same concurrency twice"
    })
    void rejectsInvalidLists(String list, String message) {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> CandidateParser.parse(list, NONE, "fetch", 2));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }
}

package dev.juggler.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the syntax and meaning of --halt, --rate, --chunk and --retries. */
class PoliciesTest {
    private static final Result FAILED = new Result.Failed(TaskError.passing("connect", "refused"));

    @Test
    void neverHaltsWhateverFails() {
        assertFalse(HaltPolicy.parse("never").halts(1_000_000, 1_000_000));
    }

    @Test
    void haltsAtTheNumberOfFailures() {
        HaltPolicy five = HaltPolicy.parse("5");
        assertFalse(five.halts(1_000, 4));
        assertTrue(five.halts(5, 5));
        assertTrue(five.halts(1_000, 6));
    }

    @ParameterizedTest
    @CsvSource({"2, 2, false", "3, 3, true", "30, 3, true", "31, 3, false", "100, 10, true", "101, 10, false"})
    void haltsAtTheShareOfFailuresOnceThereAreThree(long done, long failed, boolean halts) {
        assertEquals(halts, HaltPolicy.parse("10%").halts(done, failed));
    }

    @Test
    void aShareMayBeAFractionOrAll() {
        assertTrue(HaltPolicy.parse("0.5%").halts(600, 3));
        assertFalse(HaltPolicy.parse("0.5%").halts(601, 3));
        assertTrue(HaltPolicy.parse("100%").halts(3, 3));
        assertFalse(HaltPolicy.parse("100%").halts(4, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "1.5", "0%", "101%", "%", "5 %", "often", "9999999999999999", "NaN%"})
    void rejectsInvalidHaltPolicies(String text) {
        assertThrows(IllegalArgumentException.class, () -> HaltPolicy.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"10/s, 10", "10, 10", "600/m, 10", "36000/h, 10", "0.5/s, 0.5"})
    void readsRates(String text, double perSecond) {
        assertEquals(perSecond, Rate.parse(text).perSecond(), 1e-9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0/s", "-1/s", "1/d", "1/", "/s", "1e3/s", "10 /s", "Infinity"})
    void rejectsInvalidRates(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rate.parse(text));
    }

    @Test
    void readsChunkSizes() {
        assertEquals(new Chunking.Auto(), Chunking.parse("auto"));
        assertEquals(new Chunking.Fixed(17), Chunking.parse("17"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "Auto", "1.5", "99999999999"})
    void rejectsInvalidChunkSizes(String text) {
        assertThrows(IllegalArgumentException.class, () -> Chunking.parse(text));
    }

    @Test
    void retriesOnlyRetryableErrorsAndUpToTheLimit() {
        RetryPolicy twice = RetryPolicy.of(2);
        assertTrue(twice.retries(1, FAILED));
        assertTrue(twice.retries(2, FAILED));
        assertFalse(twice.retries(3, FAILED));
        assertTrue(twice.retries(1, Result.TimedOut.after(Duration.ofSeconds(1), null)));
        assertFalse(twice.retries(1, new Result.Failed(TaskError.permanent("http-status", "404"))));
        assertFalse(twice.retries(1, Result.Cancelled.because("the end", null)));
        assertFalse(twice.retries(1, new Result.Succeeded(null)));
        assertFalse(RetryPolicy.of(0).retries(1, FAILED));
    }

    @Test
    void waitsARandomTimeBelowABoundThatDoublesUpToTheCap() {
        RetryPolicy policy = new RetryPolicy(1_000, Duration.ofMillis(100), Duration.ofSeconds(1));
        Random random = new Random(1);
        List<Integer> bounds = List.of(100, 200, 400, 800, 1_000, 1_000);
        for (int attempt = 1; attempt <= bounds.size(); attempt++) {
            int now = attempt;
            long longest = IntStream.range(0, 2_000)
                    .mapToLong(i -> policy.delayMillis(now, random))
                    .peek(delay -> assertTrue(delay >= 0))
                    .max()
                    .orElseThrow();
            int bound = bounds.get(attempt - 1);
            assertTrue(longest <= bound && longest > bound * 0.95, longest + " of " + bound);
        }
        assertTrue(policy.delayMillis(1_000, random) <= 1_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_001})
    void rejectsNumbersOfRetriesOutOfRange(int retries) {
        assertThrows(IllegalArgumentException.class, () -> RetryPolicy.of(retries));
    }

    @Test
    void aJobsConcurrencyFitsItsModel() {
        WorkSpec work = FetchSpec.READ;
        assertThrows(IllegalArgumentException.class, () -> job(work, ConcurrencyModel.THREADS, 0));
        assertThrows(IllegalArgumentException.class, () -> job(work, ConcurrencyModel.SEQUENTIAL, 2));
        assertEquals(7, job(work, ConcurrencyModel.ASYNC, 7).concurrency());
    }

    private static Job job(WorkSpec work, ConcurrencyModel model, int concurrency) {
        return Job.builder("j", work).model(model, concurrency).build();
    }

    @Test
    void defaultConcurrencyIsPythonsForThreadsThatWait() {
        assertEquals(6, WorkKind.FETCH.defaultConcurrency(ConcurrencyModel.THREADS, 2));
        assertEquals(32, WorkKind.FETCH.defaultConcurrency(ConcurrencyModel.THREADS, 64));
        assertEquals(2, WorkKind.COMPUTE.defaultConcurrency(ConcurrencyModel.THREADS, 2));
        assertEquals(1, WorkKind.FETCH.defaultConcurrency(ConcurrencyModel.SEQUENTIAL, 64));
        assertEquals(ConcurrencyModel.ASYNC, ConcurrencyModel.named("async").orElseThrow());
        assertTrue(ConcurrencyModel.named("ASYNC").isEmpty());
    }
}

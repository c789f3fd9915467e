package dev.juggler.work.compute.builtin;

import static dev.juggler.work.compute.FunctionCalls.builtIn;
import static dev.juggler.work.compute.FunctionCalls.error;
import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.compute.ComputeWork;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInNumbersTest {

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 2, 3, 1000, 3_024_616, 3_024_617, 3_024_618, 4_194_303, 4_194_305, 5_000_019, 20_000_000})
    void sumsOfSquaresAreExact(long n) throws InterruptedException {
        assertEquals(formula(n), new BigInteger("" + value(builtIn("sum-squares"), n)));
    }

    @Test
    void sumOfSquaresEqualsThatOfPython() throws InterruptedException {
        assertEquals(new BigInteger("41666654166667500000"), value(builtIn("sum-squares"), 5_000_000));
    }

    @Test
    void sumOfSquaresIsALongWhenItFits() throws InterruptedException {
        assertEquals(285L, value(builtIn("sum-squares"), 10));
        assertEquals(0L, value(builtIn("sum-squares"), -5));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 29, 1L << 31, (1L << 32) + 17, 3_037_000_499L, 3_037_000_500L, 1L << 62})
    void addingSquaresToAWideSumIsExactForAnyLong(long n) {
        Int128Sum sum = new Int128Sum();
        BigInteger expected = BigInteger.ZERO;
        for (int i = 0; i < 3; i++) {
            sum.addSquare(n - i);
            expected = expected.add(BigInteger.valueOf(n - i).pow(2));
        }
        assertEquals(expected, new BigInteger("" + sum.value()));
    }

    @Test
    void sumOfSquaresEndsWhenInterrupted() {
        BlockingWork worker = ComputeWork.prepare(builtIn("sum-squares")).blocking();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> worker.run(new Task(0, new Input.Whole(Long.MAX_VALUE))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "-7",
                "3037000499",
                "3037000500",
                "-3037000500",
                "4294967296",
                "9223372036854775807",
                "-9223372036854775808",
                "9223372036854775808",
                "123456789012345678901234567890"
            })
    void squaresAreExactForAnyKindOfInput(String n) throws InterruptedException {
        BigInteger expected = new BigInteger(n).pow(2);
        assertEquals(expected, new BigInteger("" + value(builtIn("square"), n)));
        if (new BigInteger(n).bitLength() < 64) {
            assertEquals(value(builtIn("square"), n), value(builtIn("square"), Long.parseLong(n)));
        }
    }

    @Test
    void squareIsALongWhenItFitsAndOtherwiseABigInteger() throws InterruptedException {
        assertEquals(9223372030926249001L, value(builtIn("square"), 3_037_000_499L));
        assertEquals(new BigInteger("9223372037000250000"), value(builtIn("square"), 3_037_000_500L));
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0",
        "0, 0",
        "2, 0",
        "3, 1",
        "4, 2",
        "5, 2",
        "6, 3",
        "10, 4",
        "100, 25",
        "121, 30",
        "122, 30",
        "1000, 168",
        "65539, 6543",
        "1000000, 78498",
        "10000000, 664579"
    })
    void countsPrimes(long n, long primes) throws InterruptedException {
        assertEquals(primes, value(builtIn("count-primes"), n));
    }

    @Test
    void countOfPrimesAgreesWithTrialDivisionAtEveryNumber() throws InterruptedException {
        long primes = 0;
        for (int n = 0; n < 2_000; n++) {
            assertEquals(primes, value(builtIn("count-primes"), n), "primes below " + n);
            primes += BigInteger.valueOf(n).isProbablePrime(30) ? 1 : 0;
        }
    }

    @Test
    void countOfPrimesHasALimit() throws InterruptedException {
        assertEquals(
                "bad-input", error(builtIn("count-primes"), 1_000_000_000_001L).type());
    }

    @Test
    void randomProductsAreReproducibleAndDivideEachOther() throws InterruptedException {
        String line = assertInstanceOf(String.class, value(builtIn("random-products"), 89_999));
        assertEquals(line, value(builtIn("random-products"), "89999"));
        assertNotEquals(line, value(builtIn("random-products"), 89_998));
        String[] parts = line.split(" \\| ");
        assertEquals("89999", parts[0]);
        assertEquals(BigInteger.ZERO, new BigInteger(parts[1]).mod(new BigInteger(parts[0])));
        assertEquals(BigInteger.ZERO, new BigInteger(parts[2]).mod(new BigInteger(parts[1])));
        assertTrue(new BigInteger(parts[2]).bitLength() > 128, line);
    }

    @ParameterizedTest
    @CsvSource({
        "sum-squares, abc, 'abc'", "square, 1.5, '1.5'", "sum-squares, 99999999999999999999, more than 63 bits",
        "random-products, '', ''", "sleep, soon, soon", "sleep, -1, -1"
    })
    void nonNumericInputFailsItsTask(String function, String input, String named) throws InterruptedException {
        assertEquals("bad-input", error(builtIn(function), input).type());
        assertTrue(error(builtIn(function), input).message().contains(named));
    }

    @ParameterizedTest
    @CsvSource({"10ms, slept 10ms", "0.01, slept 10ms", "0, slept 0s", "0.0, slept 0s", "1ms, slept 1ms"})
    void sleepReturnsItsDuration(String input, String text) throws InterruptedException {
        assertEquals(text, value(builtIn("sleep"), input));
    }

    @Test
    void sleepEndsWhenInterrupted() {
        BlockingWork worker = ComputeWork.prepare(builtIn("sleep")).blocking();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> worker.run(new Task(0, new Input.Whole(3600))));
    }

    private static BigInteger formula(long n) {
        BigInteger last = BigInteger.valueOf(n - 1);
        BigInteger product = last.multiply(last.add(BigInteger.ONE))
                .multiply(last.shiftLeft(1).add(BigInteger.ONE));
        return n == 0 ? BigInteger.ZERO : product.divide(BigInteger.valueOf(6));
    }
}

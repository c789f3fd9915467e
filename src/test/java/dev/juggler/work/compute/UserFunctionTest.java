package dev.juggler.work.compute;

import static dev.juggler.work.compute.Calls.error;
import static dev.juggler.work.compute.Calls.function;
import static dev.juggler.work.compute.Calls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.work.BlockingWork;
import java.io.RandomAccessFile;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFunctionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "long, ' 41 ', Long 41", "Long, -41, Long -41", "int, +41, Integer 41", "Integer, 41, Integer 41",
        "double, 1.5e3, Double 1500.0", "Double, 3, Double 3.0", "BigInteger, 99999999999999999999, BigInteger 99999999999999999999",
        "BigDecimal, 0.10, BigDecimal 0.10", "String, a b, String a b", "CharSequence, x, String x", "Object, 5, String 5"
    })
    void textBecomesWhatTheFunctionTakes(String type, String input, String expected) throws InterruptedException {
        String method = "static String f(" + type + " x) { Object o = x; return o.getClass().getSimpleName() + \" \" + o; }";
        assertEquals(expected, value(function(method), input));
    }

    @ParameterizedTest
    @CsvSource({
        "long, Long 7", "int, Integer 7", "double, Double 7.0", "BigInteger, BigInteger 7", "BigDecimal, BigDecimal 7",
        "String, String 7", "Object, Long 7"
    })
    void numberOfARangeBecomesWhatTheFunctionTakes(String type, String expected) throws InterruptedException {
        String method = "static String f(" + type + " x) { Object o = x; return o.getClass().getSimpleName() + \" \" + o; }";
        assertEquals(expected, value(function(method), 7));
    }

    @ParameterizedTest
    @CsvSource({
        "long, abc, 'abc' is not a whole number", "long, 9223372036854775808, more than 63 bits", "int, 2147483648, more than 31 bits",
        "long, '', '' is not a whole number", "long, 12.0, '12.0' is not", "double, 1d, '1d' is not a number",
        "double, 0x1p3, is not a number", "BigDecimal, one, 'one' is not a number", "BigInteger, 0x1F, '0x1F'"
    })
    void badInputFailsItsTaskAndSaysWhy(String type, String input, String named) throws InterruptedException {
        var error = error(function("static Object f(" + type + " x) { return x; }"), input);
        assertEquals("bad-input", error.type());
        assertTrue(error.message().contains(named), error.message());
    }

    @Test
    void numberOfAbsurdLengthIsABadInput() throws InterruptedException {
        var error = error(function("static Object f(BigInteger x) { return x; }"), "9".repeat(200_000));
        assertEquals("bad-input", error.type());
        assertTrue(error.message().length() < 150, error.message());
    }

    @Test
    void partOfAFileIsTextOrLines() throws Exception {
        Path file = Files.writeString(folder.resolve("t"), "skip\none\ntwo ü\n");
        Input part = new Input.FileChunk(file.toString(), 5, 12);
        assertEquals("one\ntwo ü\n", value(function("static Object f(String x) { return x; }"), part));
        String lines = "static Object f(java.util.stream.Stream<String> x) { return x.map(String::toUpperCase).toList(); }";
        assertEquals(List.of("ONE", "TWO Ü"), value(function(lines), part));
        assertEquals(List.of("SKIP", "ONE", "TWO Ü"), value(function(lines), file));
        assertEquals(2, value(function("static Object f(List<String> x) { return x.size(); }"), part));
        assertEquals(
                List.of("one", "two ü"),
                value(function("static Object f(java.util.stream.Stream<String> x) { return x; }"), part));
        assertEquals("bad-input", error(function("static long f(long x) { return x; }"), part).type());
    }

    @Test
    void streamOfLinesIsClosedAfterTheCall() throws Exception {
        Path file = Files.writeString(folder.resolve("t"), "one\n");
        String method = "static java.util.stream.Stream<String> last; static Object f(java.util.stream.Stream<String> x) {"
                + " String was = last == null ? \"none\" : tried(); last = x; return was; }"
                + " private static String tried() { try { return \"\" + last.count(); }"
                + " catch (java.io.UncheckedIOException e) { return \"closed\"; } }";
        try (ComputeWork work = ComputeWork.prepare(function(method));
                BlockingWork worker = work.blocking()) {
            Task task = new Task(0, new Input.Text(file.toString()));
            assertEquals("none", Calls.json(worker.run(task)));
            assertEquals("closed", Calls.json(worker.run(task)));
        }
    }

    @Test
    void partThatIsTooLongForMemoryIsRefusedAsTextAndWorksAsLines() throws Exception {
        Path file = folder.resolve("big");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(FileLines.MOST_IN_MEMORY + 1L);
        }
        Input all = new Input.FileChunk(file.toString(), 0, FileLines.MOST_IN_MEMORY + 1L);
        assertEquals("bad-input", error(function("static int f(String x) { return x.length(); }"), all).type());
        assertEquals("bad-input", error(function("static int f(List<String> x) { return x.size(); }"), all).type());
        var error = error(function("static long f(java.util.stream.Stream<String> x) { return x.peek(s -> {}).map(s -> s).filter(s -> true).count(); }"), all);
        assertTrue(error.message().contains("a line has more than 32 MiB"), error.message());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | null", "true | true", "1.5 | 1.5", "Double.NaN | NaN", "Double.NEGATIVE_INFINITY | -Infinity", "'x' | x",
                "Float.NaN | NaN", "new StringBuilder(\"sb\") | sb", "Optional.of(3) | 3", "Optional.empty() | null",
                "java.nio.file.Path.of(\"a/b\") | a/b", "java.time.Duration.ofSeconds(1) | PT1S", "new int[] {1, 2} | [1, 2]",
                "List.of(1, Double.NaN, List.of()) | [1, NaN, []]", "Map.of(1, 'c') | {1=c}", "new byte[] {1, 2} | AQI=",
                "new R(1, null) | {a=1, b=null}", "RoundingMode.UP | UP", "java.util.stream.Stream.of(1) | [1]",
                "BigInteger.TWO.pow(70) | 1180591620717411303424", "new BigDecimal(\"0.10\") | 0.10",
                "List.of(new BigDecimal(\"0.10\")) | [0.10]", "List.of(BigInteger.TWO.pow(70)) | [1180591620717411303424]"
            })
    void whateverIsReturnedBecomesJson(String expression, String expected) throws InterruptedException {
        var spec = function("record R(int a, String b) {} static Object f(Object x) { return " + expression + "; }");
        assertEquals(expected, String.valueOf(value(spec, 1)));
    }

    @Test
    void returnedNumbersKeepTheirKind() throws InterruptedException {
        Object value = value(function("static Object f(long x) { return Arrays.asList(x, BigInteger.TWO, new BigDecimal(\"1.0\"), null); }"), 5);
        assertEquals(Arrays.asList(5L, BigInteger.TWO, new BigDecimal("1.0"), null), value);
    }

    @Test
    void returnedValuesCannotChange() throws InterruptedException {
        var map = (Map<?, ?>) value(function("static Object f(long x) { return new LinkedHashMap<>(Map.of(\"a\", new int[1])); }"), 5);
        assertEquals(new LinkedHashMap<>(Map.of("a", List.of(0))), map);
        assertThrows(UnsupportedOperationException.class, map::clear);
    }

    @Test
    void nothingReturnedIsNull() throws InterruptedException {
        assertNull(value(function("static void f(long x) {}"), 5));
    }

    @Test
    void valueWithoutAFormInJsonFailsItsTask() throws InterruptedException {
        String method = "static Object f(long x) { List<Object> l = new ArrayList<>(); l.add(l); return l; }";
        assertTrue(List.of("bad-value", "exception").contains(error(function(method), 5).type()));
        assertEquals("bad-value", error(function("static Object f(long x) { return new Object(); }"), 5).type());
    }

    @ParameterizedTest
    @CsvSource({
        "throw new IllegalStateException(\"no\");, IllegalStateException: no",
        "throw new java.io.IOException();, IOException", "throw new Error(\"bad\");, Error: bad",
        "return f(x);, StackOverflowError", "throw new OutOfMemoryError(\"mine\");, OutOfMemoryError: mine",
        "throw new NoClassDefFoundError(\"a/B\");, NoClassDefFoundError: a/B",
        "return Bad.VALUE;, IllegalArgumentException: static",
        "return java.util.concurrent.CompletableFuture.failedFuture(new IllegalStateException(\"late\"));, IllegalStateException: late"
    })
    void functionThatThrowsFailsItsTask(String body, String message) throws InterruptedException {
        var spec = function("static class Bad { static final Object VALUE; static { if (true) throw new"
                + " IllegalArgumentException(\"static\"); VALUE = 1; } } static Object f(long x) throws Throwable { "
                + body + " }");
        var error = error(spec, 5);
        assertEquals("exception", error.type());
        assertEquals(message, error.message());
    }

    @Test
    void otherErrorsOfTheVirtualMachineAreThrownOn() {
        var spec = function("static Object f(long x) { throw new InternalError(\"vm\"); }");
        assertThrows(InternalError.class, () -> Calls.run(spec, new Input.Whole(1)));
    }

    @Test
    void messageOfAnExceptionIsCutToALengthForARow() throws InterruptedException {
        var spec = function("static Object f(long x) { throw new RuntimeException(\"x\".repeat(1 << 20)); }");
        assertTrue(error(spec, 1).message().length() < 2_100);
    }

    @Test
    void interruptEndsAFunctionThatSleepsOrWaits() {
        for (String body : List.of("Thread.sleep(3_600_000); return x;", "return new java.util.concurrent.CompletableFuture<>();")) {
            Thread.currentThread().interrupt();
            var spec = function("static Object f(long x) throws Exception { " + body + " }");
            assertThrows(InterruptedException.class, () -> Calls.run(spec, new Input.Whole(1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.concurrent.CompletableFuture.supplyAsync(() -> x * 2)",
        "java.util.concurrent.CompletableFuture.completedStage(x * 2)", "io.vertx.core.Future.succeededFuture(x * 2)"})
    void answerThatComesLaterIsAwaited(String expression) throws InterruptedException {
        assertEquals(10L, value(function("static Object f(long x) { return " + expression + "; }"), 5));
    }
}

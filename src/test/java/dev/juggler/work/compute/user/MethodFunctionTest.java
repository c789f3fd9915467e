package dev.juggler.work.compute.user;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.compute.FunctionCalls;
import dev.juggler.work.compute.function.Utf8Lines;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MethodFunctionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "takesLong, ' 41 ', Long 41",
        "takesLong, -9223372036854775808, Long -9223372036854775808",
        "takesBoxedLong, -41, Long -41",
        "takesInt, +41, Integer 41",
        "takesDouble, 1.5e3, Double 1500.0",
        "takesDouble, NaN, Double NaN",
        "takesBigInteger, 99999999999999999999, BigInteger 99999999999999999999",
        "takesBigDecimal, 0.10, BigDecimal 0.10",
        "takesString, a b, String a b",
        "takesPath, a/b, Path a/b",
        "takesObject, 5, String 5"
    })
    void textIsConvertedToTheParameterType(String method, String input, String expected) throws InterruptedException {
        assertEquals(expected, value(method, input));
    }

    @ParameterizedTest
    @CsvSource({
        "takesLong, Long 7",
        "takesInt, Integer 7",
        "takesDouble, Double 7.0",
        "takesBigInteger, BigInteger 7",
        "takesBigDecimal, BigDecimal 7",
        "takesString, String 7",
        "takesPath, Path 7",
        "takesObject, Long 7"
    })
    void numberOfARangeIsConvertedToTheParameterType(String method, String expected) throws InterruptedException {
        assertEquals(expected, value(method, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "takesLong, abc, 'abc' is not a whole number",
        "takesLong, 9223372036854775808, has more than 63 bits",
        "takesLong, '', is not a whole number",
        "takesLong, 12.0, is not a whole number",
        "takesInt, 2147483648, has more than 31 bits",
        "takesDouble, 1d, is not a number",
        "takesDouble, 0x1p3, is not a number",
        "takesBigDecimal, one, is not a number",
        "takesBigInteger, 0x1F, is not a whole number"
    })
    void badInputFailsItsTaskWithAReason(String method, String input, String why) throws InterruptedException {
        TaskError error = error(method, input);
        assertEquals("bad-input", error.type());
        assertTrue(error.message().contains(why), error.message());
    }

    @Test
    void overlongNumberIsABadInput() throws InterruptedException {
        TaskError error = error("takesBigInteger", "9".repeat(200_000));
        assertEquals("bad-input", error.type());
        assertTrue(error.message().endsWith("…' has more than 100000 digits"), error.message());
    }

    @Test
    void partOfAFileIsConvertedToTextOrLines() throws Exception {
        Path file = Files.writeString(folder.resolve("t"), "skip\none\ntwo ü\n");
        Input part = new Input.FileChunk(file.toString(), 5, 11);
        assertEquals("String one\ntwo ü\n", value("takesString", part));
        assertEquals("String one\ntwo ü\n", value("takesObject", part));
        assertEquals(List.of("one", "two ü"), value("lines", part));
        assertEquals(List.of("ONE", "TWO Ü"), value("lazyLines", part));
        assertEquals(2, value("sizeOfList", part));
        assertEquals("bad-input", error("takesLong", part).type());
        assertEquals("bad-input", error("takesPath", part).type());
    }

    @Test
    void pathIsConvertedToAllLinesOfItsFile() throws Exception {
        Path file = Files.writeString(folder.resolve("t"), "one\ntwo");
        assertEquals(List.of("one", "two"), value("lines", file));
        assertEquals(2, value("sizeOfList", file));
        assertEquals("io", error("lines", folder.resolve("none")).type());
    }

    @Test
    void linesAreClosedAfterTheCall() throws Exception {
        Path file = Files.writeString(folder.resolve("t"), "one\n");
        assertEquals(false, value("closesLines", file));
        assertEquals(true, value("closesLines", file));
    }

    @Test
    void partAboveTheMemoryLimitIsRejected() throws Exception {
        Input part = new Input.FileChunk(emptyFile(Utf8Lines.MAX_IN_MEMORY + 1L), 0, Utf8Lines.MAX_IN_MEMORY + 1L);
        assertEquals("bad-input", error("takesString", part).type());
        assertEquals("bad-input", error("sizeOfList", part).type());
        TaskError error = error("lines", part);
        assertTrue(error.message().contains("a line has more than 32 MiB"), error.message());
    }

    @Test
    void voidFunctionReturnsNull() throws InterruptedException {
        assertNull(value("returnsNothing", 5));
    }

    @Test
    void valueWithoutJsonFormFailsItsTask() throws InterruptedException {
        TaskError error = error("returnsPlainObject", 5);
        assertEquals("bad-value", error.type());
        assertTrue(error.message().startsWith("the function returned a java.lang.Object, which"), error.message());
    }

    @ParameterizedTest
    @CsvSource({
        "exception, IllegalStateException: no",
        "checked, IOException",
        "error, Error: bad",
        "stack, StackOverflowError",
        "memory, OutOfMemoryError: mine",
        "class, NoClassDefFoundError: a/B",
        "late, IllegalStateException: late"
    })
    void functionThatThrowsFailsItsTask(String how, String message) throws InterruptedException {
        assertEquals(TaskError.permanent("exception", message), error("fails", how));
    }

    @Test
    void staticInitializerThatThrowsFailsEachTask() throws InterruptedException {
        assertEquals(
                "IllegalArgumentException: static", error("fails", "static").message());
        assertTrue(error("fails", "static").message().startsWith("NoClassDefFoundError: Could not initialize"));
    }

    @Test
    void otherVirtualMachineErrorsAreRethrown() {
        assertThrows(InternalError.class, () -> value("fails", "vm"));
    }

    @Test
    void longExceptionMessageIsShortened() throws InterruptedException {
        assertTrue(error("fails", "long").message().length() < 2_100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"future", "stage", "vertx"})
    void pendingResultIsAwaited(String how) throws InterruptedException {
        assertEquals(List.of(1L), value("later", how));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "future"})
    void interruptEndsAFunctionThatSleepsOrWaits(String how) {
        BlockingWork worker = ComputeWork.prepare(spec("waits")).blocking();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> worker.run(new Task(0, new Input.Text(how))));
    }

    private String emptyFile(long length) throws IOException {
        Path file = folder.resolve("sparse");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(length);
        }
        return file.toString();
    }

    private static Object value(String method, Object input) throws InterruptedException {
        return FunctionCalls.value(spec(method), input);
    }

    private static TaskError error(String method, Object input) throws InterruptedException {
        return FunctionCalls.error(spec(method), input);
    }

    private static ComputeSpec spec(String method) {
        return ComputeWork.spec("dev.juggler.work.compute.user.Samples::" + method, List.of());
    }
}

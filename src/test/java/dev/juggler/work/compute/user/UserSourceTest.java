package dev.juggler.work.compute.user;

import static dev.juggler.work.compute.FunctionCalls.source;
import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.compute.FunctionCalls;
import dev.juggler.work.compute.Jars;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserSourceTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public class Square { public static long square(long n) { return n * n; } }",
                "class Square { static long square(long n) { return n * n; } static long twice(long n) { return 2 * n;"
                        + " } }",
                "class Square { static long anything(long n) { return n * n; } private static long no(long n) { return"
                        + " 0; } }",
                "class Square { long apply(long n) { return n * n; } public static void main(String[] args) {} }",
                "package a.b; public class Square { public long area(long side) { return side * side; } }",
                "class Square implements java.util.function.Function<Long, Long> {"
                        + " public Long apply(Long n) { return n * n; } public static long x(long n) { return 0; }"
                        + " public static long y(long n) { return 0; } }",
                "class Square implements java.util.function.LongUnaryOperator {"
                        + " public long applyAsLong(long n) { return n * n; } }",
                "record Other(int a) {} class Square { static long square(long n) { return n * n; } }",
                "public class OtherName { public static long square(long n) { return n * n; } }",
                "long square(long n) { return n * n; }",
                "import module java.base; long square(long n) { return n * n; } // no line end",
                "static long helper(long n) { return n; } long square(long n) { return helper(n) * n; } void main() {}"
            })
    void functionsAreFoundInSourcesOfAnyForm(String text) throws InterruptedException {
        assertEquals(49L, value(source("some/folder/Square.java", text), 7));
    }

    @Test
    void methodIsChosenByName() throws InterruptedException {
        String text =
                "class P { static long two(long n) { return n * n; } static long three(long n) { return n * n * n; } }";
        assertEquals(8L, value(source("P.java::three", text), 2));
        assertEquals(
                "class P has 2 methods with one parameter (P::three(long), P::two(long)): name one as CLASS::METHOD",
                rejection("P.java", text));
        assertEquals(
                "class P has no method four with one parameter that is not private", rejection("P.java::four", text));
    }

    @Test
    void eachWorkerUsesAndClosesItsOwnInstance() throws Exception {
        String text = "public class Counter implements AutoCloseable { static int closed; int calls;"
                + " public String count(String s) { return ++calls + \" \" + closed; }"
                + " public void close() { closed++; } }";
        try (ComputeWork work = ComputeWork.prepare(source("Counter.java", text))) {
            var first = work.blocking();
            var task = new Task(0, FunctionCalls.input("x"));
            assertEquals("1 1", FunctionCalls.json(first.run(task)), "one instance was made for the check, and closed");
            assertEquals("2 1", FunctionCalls.json(first.run(task)));
            first.close();
            assertEquals("1 2", FunctionCalls.json(work.blocking().run(task)));
        }
    }

    @Test
    void recordsOfTheSourceAreConvertedToJson() throws InterruptedException {
        String text = "record Both(long n, long squared) {} Both both(long n) { return new Both(n, n * n); }";
        assertEquals(Map.of("n", 3L, "squared", 9L), value(source("Both2.java", text), 3));
    }

    @Test
    void sourceMayUseClassesOnItsClassPath() throws Exception {
        Path jar = Jars.jar(folder, "Lib", "public class Lib { public static long twice(long n) { return 2 * n; } }");
        ComputeSpec spec = new ComputeSpec(
                "Use.java",
                Optional.of("class Use { static long use(long n) { return Lib.twice(n) + 1; } }"),
                List.of(jar.toString()));
        assertEquals(11L, value(spec, 5));
    }

    @Test
    void sourceThatDoesNotCompileIsRejectedWithFileLineAndCause() {
        assertEquals(
                "Bad.java:2: does not compile: ';' expected",
                rejection("Bad.java", "class Bad {\n  static long bad(long n) { return n }\n}"));
        assertEquals(
                "Bad.java:3: does not compile: cannot find symbol; symbol:   variable x; location: class Bad"
                        + " (and 1 more error)",
                rejection("Bad.java", "class Bad {\n  static long bad(long n) {\n    long y = x;\n    return z; } }"));
        assertEquals(
                "Bad.java:1: does not compile: cannot find symbol; symbol:   variable x; location: class Bad",
                rejection("Bad.java", "long bad(long n) { return x; }"));
    }

    @Test
    void sourceWithoutAFunctionIsRejected() {
        assertEquals("Empty.java contains no class and no method", rejection("Empty.java", "// nothing"));
        assertTrue(rejection("None.java", "class None { static long two(long a, long b) { return a; } }")
                .startsWith("class None has no function: give it a method with one parameter"));
        assertTrue(rejection("None.java", "class None { static long no(Thread t) { return 0; } }")
                .startsWith("None::no takes a java.lang.Thread: a function takes one long, int"));
        assertTrue(rejection("None.java", "class None { static long no(java.util.List<Integer> t) { return 0; } }")
                .startsWith("None::no takes a java.util.List<java.lang.Integer>: "));
        assertTrue(rejection("None.java", "class None { None(int a) {} long apply(long n) { return n; } }")
                .startsWith("cannot make an object of class None: give it a constructor"));
        assertEquals(
                "the constructor of None failed: IllegalStateException: no db",
                rejection(
                        "None.java",
                        "class None { None() { throw new IllegalStateException(\"no db\"); } long apply(long n) {"
                                + " return n; } }"));
    }

    @Test
    void specContainsTheTextOfTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("Cube.java"), "long cube(long n) { return n * n * n; }");
        ComputeSpec spec = ComputeWork.spec(file + "::cube", List.of());
        Files.delete(file);
        assertEquals(27L, value(spec, 3));
    }

    @Test
    void unreadableSourceFileIsRejected() throws Exception {
        assertEquals("there is no Java source file None.java", specRejection("None.java"));
        Path folderWithSuffix = Files.createDirectory(folder.resolve("Dir.java"));
        assertEquals(
                folderWithSuffix + " is not a file but was named as a Java source file",
                specRejection("" + folderWithSuffix));
        Path binary = Files.write(folder.resolve("Bin.java"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertEquals(binary + " is not UTF-8 text", specRejection("" + binary));
        Path huge = Files.write(folder.resolve("Huge.java"), new byte[(1 << 20) + 1]);
        assertTrue(specRejection("" + huge).startsWith(huge + " is longer than 1 MiB"));
    }

    private static String specRejection(String function) {
        return assertThrows(InvalidWorkException.class, () -> ComputeWork.spec(function, List.of()))
                .getMessage();
    }

    private static String rejection(String function, String text) {
        return assertThrows(InvalidWorkException.class, () -> ComputeWork.prepare(source(function, text)))
                .getMessage();
    }
}

package dev.juggler.work.compute.user;

import static dev.juggler.work.compute.FunctionCalls.error;
import static dev.juggler.work.compute.FunctionCalls.function;
import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.TaskError;
import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.compute.Jars;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls functions that would end the JVM, and with it this test, if they were not rewritten. */
class ExitCallRewriterTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        System.exit(3);                                                  | System.exit(3)
        Runtime.getRuntime().exit(0);                                    | Runtime.exit(0)
        Runtime.getRuntime().halt(0);                                    | Runtime.halt(0)
        java.util.function.IntConsumer c = System::exit; c.accept(4);    | System.exit(4)
        java.util.function.IntConsumer c = Runtime.getRuntime()::halt; c.accept(5); | Runtime.halt(5)
        Runnable r = () -> System.exit(6); r.run();                      | System.exit(6)
        new Object() { void go() { System.exit(7); } }.go();             | System.exit(7)
        int i = 0; for (String s : List.of("a", "b")) { if (n > 5) { i++; } Object o = i > 0 ? s : (Object) i; if (o == s) System.exit(i); } | System.exit(1)
        """)
    void exitCallFailsItsTask(String statements, String named) throws InterruptedException {
        ComputeSpec spec = function("static long f(long n) { if (n > 5) { " + statements + " } return n; }");
        TaskError error = error(spec, 6);
        assertEquals("exit", error.type());
        assertTrue(error.message().contains(named), error.message());
        assertEquals(5L, value(spec, 5));
    }

    @Test
    void classesInJarsAreRewritten() throws Exception {
        Path jar = Jars.jar(folder, "Leaving", """
            public class Leaving {
                public static long f(long n) { if (n == 1) { System.exit(0); } return n; }
            }\
            """);
        ComputeSpec spec = new ComputeSpec("Leaving", Optional.empty(), List.of(jar.toString()));
        assertEquals("exit", error(spec, 1).type());
        assertEquals(2L, value(spec, 2));
    }

    @Test
    void usersMethodNamedExitIsNotRewritten() throws InterruptedException {
        assertEquals(
                9L,
                value(
                        function("""
                            static String s = "java/lang/System";
                            static long exit(int n) { return n + 2; }
                            static long f(long n) { return exit((int) n); }\
                            """.replace("static long f", "public static long f")
                                .replace("static long exit", "private static long exit")),
                        7));
    }
}

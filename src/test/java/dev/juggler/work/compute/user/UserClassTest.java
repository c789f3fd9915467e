package dev.juggler.work.compute.user;

import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.WorkSpec.ComputeSpec;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.compute.ComputeWork;
import dev.juggler.work.compute.Jars;
import dev.juggler.work.compute.builtin.BuiltIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserClassTest {
    private static final String TWICE = "public class Twice { public static long twice(long n) { return 2 * n; } }";

    @TempDir
    Path folder;

    @Test
    void classIsFoundInAJarAndInAFolder() throws Exception {
        assertEquals(14L, value(spec("Twice", Jars.jar(folder, "Twice", TWICE)), 7));
        assertEquals(14L, value(spec("Twice::twice", Jars.folder(folder, "Twice", TWICE)), 7));
    }

    @Test
    void platformClassNeedsNoClassPath() throws Exception {
        assertEquals(3, value(ComputeWork.spec("java.lang.Integer::bitCount", List.of()), 7));
    }

    @Test
    void missingClassAndMissingEntryAreNamed() throws Exception {
        Path jar = Jars.jar(folder, "Twice", TWICE);
        assertEquals("there is no class Thrice on the class path " + jar, rejection(spec("Thrice", jar)));
        assertEquals(
                "there is no class a.B on the class path (none was given: use --classpath)",
                rejection(ComputeWork.spec("a.B", List.of())));
        Path none = folder.resolve("none.jar");
        assertEquals("class path entry " + none + " does not exist", rejection(spec("Twice", none)));
        Path text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertTrue(rejection(spec("Twice", text))
                .startsWith("class path entry " + text + " is neither a folder nor a jar: "));
    }

    @Test
    void unloadableClassIsRejected() throws Exception {
        Path broken = Files.write(
                Files.createDirectory(folder.resolve("b")).resolve("Broken.class"), new byte[] {1, 2, 3, 4});
        assertTrue(rejection(spec("Broken", broken.getParent()))
                .startsWith("class Broken cannot be loaded: ClassFormatError"));
    }

    @Test
    void overloadedMethodIsRejected() {
        String message = rejection(ComputeWork.spec("java.lang.Math::abs", List.of()));
        assertTrue(message.contains("Math::abs(long)") && message.endsWith("keep only one of that name"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "sum-sqares, sum-squares",
        "sumsquares, sum-squares",
        "SHA256, sha256",
        "sha-256, sha256",
        "wordcount, word-count",
        "sqare, square"
    })
    void messageForUnknownFunctionNamesTheNearestAndAll(String wrong, String right) {
        String message = rejection(ComputeWork.spec(wrong, List.of()));
        assertTrue(message.startsWith("unknown function '" + wrong + "': did you mean " + right + "? "), message);
        assertTrue(message.contains("count-primes, sleep, sha256"), message);
    }

    @Test
    void messageForUnknownFunctionWithoutSimilarNameHasNoSuggestion() {
        assertFalse(rejection(ComputeWork.spec("frobnicate", List.of())).contains("did you mean"));
        assertThrows(InvalidWorkException.class, () -> ComputeWork.prepare(ComputeWork.spec("", List.of())));
    }

    @Test
    void everyBuiltInIsDescribedInOneLine() {
        for (BuiltIn builtIn : BuiltIn.values()) {
            assertEquals(builtIn, BuiltIn.named(builtIn.id()).orElseThrow());
            assertTrue(
                    builtIn.description().length() < 90 && builtIn.description().length() > 10);
        }
    }

    private static ComputeSpec spec(String function, Path entry) {
        return ComputeWork.spec(function, List.of(entry.toString()));
    }

    private static String rejection(ComputeSpec spec) {
        return assertThrows(InvalidWorkException.class, () -> ComputeWork.prepare(spec))
                .getMessage();
    }
}

package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariablesTest {
    @TempDir
    Path folder;

    @Test
    void givenValuesPrecedeTheEnvironmentWhichPrecedesTheFile() {
        Variables variables =
                new Variables(Map.of("A", "1"), Map.of("A", "2", "B", "3")::get, Map.of("B", "4", "C", "5"));
        assertEquals("x1-3-5", variables.expand("x${A}-${B}-${C}"));
    }

    @Test
    void aSingleAndADoubledDollarSignAreLiteral() {
        Variables variables = new Variables(Map.of(), name -> null, Map.of());
        assertEquals("$5 ${A} $", variables.expand("$5 $${A} $"));
        assertFalse(Variables.hasReference("$5 $${A} $"));
        assertTrue(Variables.hasReference("a${A}"));
    }

    @Test
    void readsQuotesCommentsAndExportsOfAnEnvFile() throws Exception {
        Path file = Files.writeString(
                folder.resolve(".env"),
                "# a comment\nexport ONE=1\nTWO=\"a b\"  # two\n\nTHREE='c#d'\nFOUR=a#b c # d\nFIVE=\nSIX=\"\\\"\\n\"");
        Variables variables = Variables.of(Map.of(), Optional.of(file));
        assertEquals("1|a b|c#d|a#b c||\"\n", variables.expand("${ONE}|${TWO}|${THREE}|${FOUR}|${FIVE}|${SIX}"));
    }

    @Test
    void namesTheVariableThatIsNotSet() {
        Variables variables = new Variables(Map.of(), name -> null, Map.of());
        String said = assertThrows(IllegalArgumentException.class, () -> variables.expand("${NONE_SUCH}"))
                .getMessage();
        assertTrue(said.contains("NONE_SUCH") && said.contains("--env-file"), said);
        assertThrows(IllegalArgumentException.class, () -> variables.expand("${a b}"));
        assertThrows(IllegalArgumentException.class, () -> variables.expand("${open"));
    }

    @Test
    void rejectsAMalformedEnvFileWithoutShowingItsLines() throws Exception {
        Path file = Files.writeString(folder.resolve("broken"), "A=1\nhunter2 is no line\n");
        IllegalArgumentException broken =
                assertThrows(IllegalArgumentException.class, () -> Variables.of(Map.of(), Optional.of(file)));
        assertTrue(
                broken.getMessage().contains("broken") && !broken.getMessage().contains("hunter2"));
        Path missing = folder.resolve("missing");
        assertThrows(IllegalArgumentException.class, () -> Variables.of(Map.of(), Optional.of(missing)));
    }
}

package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests the JVM options of {@code run.sh} for runs that probably end within seconds. */
class ShortRunIT extends RunScriptFixture {
    @Test
    void usesOnlyC1AndASmallYoungGenerationWithoutCryptography() throws Exception {
        useScripts("25.0.1");
        Path few = Files.writeString(temp.resolve("few"), "http://h/\n");
        Path many = Files.writeString(temp.resolve("many"), "http://h/\n".repeat(2_000_000));
        Path secret = Files.writeString(temp.resolve("secret"), "https://h/\n");
        List<String> first = List.of("-XX:TieredStopAtLevel=1", "-XX:MaxNewSize=24m");

        for (String[] brief : new String[][] {
            {"exec", "1", "--", "true"},
            {"fetch", "-i", few.toString()},
            {"fetch", "http://h/{1..9}"},
            {"fetch", "http://h/"}
        }) {
            assertTrue(await(start(brief)).out().containsAll(first), String.join(" ", brief));
        }
        for (String[] other : new String[][] {
            {"fetch", "-i", secret.toString()},
            {"fetch", "https://h/{1..9}"},
            {"fetch", "-i", many.toString()},
            {"fetch", "-i", few.toString(), "--checksum", "sha256"},
            {"fetch", "--input=" + many},
            {"fetch", "-i", "-"},
            {"compute", "square", "1"},
            {"compare", "square", "1"},
            {"tune", "square", "1"},
            {"demo"},
            {"node"},
            {"run", "x"}
        }) {
            assertTrue(Collections.disjoint(await(start(other)).out(), first), String.join(" ", other));
        }
        environment.put("JUGGLER_JAVA_OPTS", "-Xmx16m");
        List<String> small = await(start("exec", "1", "--", "true")).out();
        assertTrue(small.contains(first.getFirst()), small.toString());
        assertFalse(small.contains(first.getLast()), small.toString());
    }

    @Test
    void hasItsOwnCache() throws Exception {
        useScripts("25.0.1");
        environment.put("TRAINS", "yes");

        for (String[] command :
                new String[][] {{"exec", "1", "--", "true"}, {"fetch", "http://127.0.0.1/"}, {"--help"}}) {
            List<String> out = await(start(command)).out();
            assertTrue(out.stream().anyMatch(arg -> arg.endsWith("-short.aot")), out.toString());
            assertTrue(out.contains("-XX:TieredStopAtLevel=1"), out.toString());
        }
        for (String[] command :
                new String[][] {{"compute", "square", "1"}, {"fetch", "https://127.0.0.1/"}, {"node"}}) {
            List<String> out = await(start(command)).out();
            assertTrue(out.stream().noneMatch(arg -> arg.endsWith("-short.aot")), out.toString());
            assertFalse(out.contains("-XX:TieredStopAtLevel=1"), out.toString());
        }
        assertEquals(1, calls("aot-training --short"));
    }
}

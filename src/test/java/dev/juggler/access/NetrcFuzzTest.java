package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Reads arbitrary bytes as a netrc file, and as a password in a well-formed one. */
class NetrcFuzzTest {
    @TempDir
    static Path folder;

    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) throws IOException {
        read(input);
    }

    @FuzzTarget
    void read(byte[] input) throws IOException {
        readFile(input);
        readPassword(new String(input, StandardCharsets.UTF_8));
    }

    private static void readFile(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("any"), input);
        try {
            Netrc.read(file).login("example.org");
        } catch (IllegalArgumentException rejected) {
            String rest = rejected.getMessage().replace(file.toString(), "FILE");
            assertTrue(
                    rest.matches(
                            "the netrc file FILE is invalid: line [0-9]+: [a-z' ,]+|cannot read the netrc file FILE:"
                                    + " [\\x20-\\x7e]+"),
                    rest);
        }
    }

    private static void readPassword(String password) throws IOException {
        String text = "machine example.org login me password " + quoted(password) + "\nmachine next login you";
        Netrc netrc = Netrc.read(Files.writeString(folder.resolve("quoted"), text));
        assertEquals(Optional.of(new UserCredentials("me", password)), netrc.login("example.org"));
        assertEquals(Optional.of(new UserCredentials("you", "")), netrc.login("next"));
        assertEquals(Optional.empty(), netrc.login("other"));
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '"', '\\' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}

package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetrcTest {
    @TempDir
    Path folder;

    private Netrc netrc(String text) throws Exception {
        return Netrc.read(Files.writeString(folder.resolve("netrc"), text));
    }

    @Test
    void findsTheFirstLoginOfAHostOrElseTheDefault() throws Exception {
        Netrc netrc = netrc("""
            # mine
            machine Example.org login me password secret
            machine example.org login other password other
            machine two.example
              login "my name"
              password "a \\"b\\" c"
            macdef init
            machine trap login x password y

            default login anonymous password guest
            """);
        assertEquals(Optional.of(new UserCredentials("me", "secret")), netrc.login("example.org"));
        assertEquals(Optional.of(new UserCredentials("my name", "a \"b\" c")), netrc.login("two.example"));
        assertEquals(Optional.of(new UserCredentials("anonymous", "guest")), netrc.login("trap"));
    }

    @Test
    void hasNoLoginForAnUnknownHost() throws Exception {
        assertEquals(Optional.empty(), netrc("machine a login b password c").login("x.a"));
        assertEquals(Optional.empty(), netrc("").login("a"));
    }

    @Test
    void aPasswordMayLookLikeAKeywordWhenItIsQuoted() throws Exception {
        assertEquals(
                Optional.of(new UserCredentials("u", "machine")),
                netrc("machine a login u password \"machine\"").login("a"));
    }

    @ParameterizedTest
    @CsvSource({
        "'machine', 1",
        "'machine a login', 1",
        "'hello', 1",
        "'machine a\nlogin b\nhunter2 c', 3",
        "'machine a login b\npassword \"open', 2",
        "'machine a login b password \"x\"y', 1"
    })
    void namesTheInvalidLineButNoSecret(String text, int line) {
        IllegalArgumentException broken = assertThrows(IllegalArgumentException.class, () -> netrc(text));
        assertTrue(broken.getMessage().contains("is invalid: line " + line + ":"), broken::getMessage);
        assertFalse(broken.getMessage().contains("hunter2"), broken::getMessage);
    }

    @Test
    void reportsAMissingFile() {
        Path missing = folder.resolve("missing");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> Netrc.read(missing));
        assertTrue(refused.getMessage().contains("there is no such file"), refused::getMessage);
    }

    @Test
    void aLoginHidesItsValues() {
        assertFalse(new UserCredentials("me", "hunter2").toString().contains("hunter2"));
        assertEquals(
                "Basic bWU6cGFzcyB3b3Jk", UserCredentials.parse("me:pass word").basic());
    }
}

package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlFileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "/a/photo.jpg, photo.jpg",
        "/a/photo.jpg?size=/2, photo.jpg",
        "/, index.html",
        "/a/, index.html",
        "/a/?q=1, index.html",
        "/%2e%2e, index.html",
        "/a%2Fb%5Cc, a_b_c",
        "/%2e%2e%2Fetc%2Fpasswd, _._etc_passwd",
        "/.htaccess, _htaccess",
        "/-rf, _rf",
        "/a%00b%0Ac%1b%7f, a_b_c__",
        "/a%E2%80%AEgpj.exe, a_gpj.exe",
        "/a%20b.txt, a b.txt",
        "/caf%65%CC%81, café",
        "/%FF%FE.bin, __.bin",
        "/name%20.%20., name",
        "/CON, _CON",
        "/nul.txt, _nul.txt",
        "/com1.tar.gz, _com1.tar.gz",
        "/console.txt, console.txt",
        "/a%3Ab%2A%3F, a_b__",
        "/100%25, 100%",
        "/%20, index.html",
    })
    void derivesASafeNameFromTheLastSegment(String path, String name) {
        assertEquals(name, UrlFileNames.of(path));
    }

    @Test
    void keepsTheExtensionOfANameThatIsTooLong() {
        String name = UrlFileNames.of("/" + "%C3%BC".repeat(300) + ".tar");
        assertTrue(name.endsWith("ü.tar"), name);
        assertEquals(254, bytes(name));
        String numbered = UrlFileNames.numbered(name, 1234);
        assertTrue(numbered.endsWith("ü-1234.tar"), numbered);
        assertTrue(bytes(numbered) <= 255);
        assertEquals(255, bytes(UrlFileNames.of("/" + "x".repeat(400))));
        assertEquals(255, bytes(UrlFileNames.of("/a." + "x".repeat(400))));
    }

    @Test
    void putsTheNumberBeforeTheExtension() {
        assertEquals("a-1.txt", UrlFileNames.numbered("a.txt", 1));
        assertEquals("a-12", UrlFileNames.numbered("a", 12));
    }

    private static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }
}

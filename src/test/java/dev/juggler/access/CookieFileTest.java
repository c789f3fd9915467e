package dev.juggler.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CookieFileTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatCurlWrites() throws Exception {
        Path file = Files.writeString(folder.resolve("jar"), """
            # Netscape HTTP Cookie File
            # https://curl.se/docs/http-cookies.html

            #HttpOnly_.example.org\tTRUE\t/\tFALSE\t32503680000\tid\t1
            host.example\tFALSE\t/a\tTRUE\t0\tkey\ta b
            old.example\tFALSE\t/\tFALSE\t1\tgone\t1
            """);
        CookieStore cookies = CookieFile.open(file).cookies();
        assertEquals("id=1", cookies.header(false, "www.example.org", 80, "/"));
        assertEquals("key=a b", cookies.header(true, "host.example", 443, "/a/b"));
        assertNull(cookies.header(false, "host.example", 80, "/a/b"));
        assertNull(cookies.header(true, "www.host.example", 443, "/a/b"));
        assertNull(cookies.header(false, "old.example", 80, "/"));
    }

    @Test
    void savesCookiesForItsOwnerOnly() throws Exception {
        Path file = folder.resolve("jar");
        CookieFile jar = CookieFile.open(file);
        jar.cookies()
                .store(
                        true,
                        "a.example.org",
                        443,
                        "/x/y",
                        List.of("one=1; Domain=example.org; Path=/; Max-Age=9999; HttpOnly", "two=2; Secure"));
        jar.save();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        CookieStore again = CookieFile.open(file).cookies();
        assertEquals("one=1", again.header(false, "b.example.org", 80, "/"));
        assertEquals("two=2; one=1", again.header(true, "a.example.org", 443, "/x/z"));
        String text = Files.readString(file);
        assertTrue(text.contains("#HttpOnly_.example.org\tTRUE\t/\tFALSE\t"), text);
        assertTrue(text.contains("\na.example.org\tFALSE\t/x\tTRUE\t0\ttwo\t2\n"), text);
    }

    @Test
    void rejectsCookiesThatViolateTheirPrefix() throws Exception {
        Path file = Files.writeString(folder.resolve("jar"), """
            h.example\tFALSE\t/\tTRUE\t0\t__Host-good\t1
            .h.example\tTRUE\t/\tTRUE\t0\t__Host-domain\t1
            h.example\tFALSE\t/a\tTRUE\t0\t__host-path\t1
            h.example\tFALSE\t/\tFALSE\t0\t__Host-plain\t1
            .h.example\tTRUE\t/a\tTRUE\t0\t__Secure-good\t1
            h.example\tFALSE\t/\tFALSE\t0\t__SECURE-plain\t1
            """);
        CookieFile jar = CookieFile.open(file);
        assertEquals("__Secure-good=1; __Host-good=1", jar.cookies().header(true, "h.example", 443, "/a"));
        jar.save();
        assertEquals("__Host-good=1", CookieFile.open(file).cookies().header(true, "h.example", 443, "/"));
    }

    @Test
    void writesTheTargetOfALink() throws Exception {
        Path file = Files.writeString(folder.resolve("real"), "");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        CookieFile jar = CookieFile.open(link);
        jar.cookies().store(true, "h", 443, "/", List.of("a=1"));
        jar.save();
        assertTrue(Files.isSymbolicLink(link));
        assertTrue(Files.readString(file).contains("a\t1"));
    }

    @Test
    void namesAnInvalidLine() throws Exception {
        Path file = Files.writeString(folder.resolve("jar"), "# x\nh\tFALSE\t/\tFALSE\tsoon\ta\thunter2\n");
        IllegalArgumentException broken = assertThrows(IllegalArgumentException.class, () -> CookieFile.open(file));
        assertTrue(broken.getMessage().contains("line 2"), broken::getMessage);
        assertTrue(!broken.getMessage().contains("hunter2"), broken::getMessage);
    }

    @Test
    void keepsTheOldFileWhenTheNewOneCannotBeWritten() throws Exception {
        Path deep = Files.createDirectory(folder.resolve("deep"));
        CookieFile jar = CookieFile.open(deep.resolve("jar"));
        Files.delete(deep);
        assertTrue(assertThrows(UncheckedIOException.class, jar::save)
                .getMessage()
                .contains("cannot write the cookie jar"));
    }
}

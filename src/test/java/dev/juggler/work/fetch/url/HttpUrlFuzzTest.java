package dev.juggler.work.fetch.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.FuzzTarget;
import dev.juggler.SeedInputs;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Parses the first line of arbitrary bytes as a URL, and resolves the rest against it as a Location header. */
class HttpUrlFuzzTest {
    @ParameterizedTest
    @ArgumentsSource(SeedInputs.class)
    void seeds(byte[] input) {
        parse(input);
    }

    @FuzzTarget
    void parse(byte[] input) {
        // Bytes that are not UTF-8 become half surrogate pairs, which texts from JSON and from the command line may
        // have.
        String text = new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD800');
        int end = text.indexOf('\n');
        HttpUrl url;
        try {
            url = HttpUrl.parse(end < 0 ? text : text.substring(0, end));
        } catch (InvalidUrlException rejected) {
            assertPrintable(rejected.getMessage());
            return;
        }
        assertNormalized(url);
        String asked = text.substring(0, end < 0 ? text.length() : end);
        int fragment = asked.indexOf('#');
        assertEquals(
                (fragment < 0 ? asked : asked.substring(0, fragment)).indexOf('?') >= 0,
                url.path().indexOf('?') >= 0);
        resolve(url, new String(input, StandardCharsets.ISO_8859_1).substring(newline(input) + 1));
    }

    private static int newline(byte[] input) {
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static void resolve(HttpUrl base, String location) {
        HttpUrl target;
        try {
            target = base.resolve(location);
        } catch (InvalidUrlException rejected) {
            assertPrintable(rejected.getMessage());
            return;
        }
        assertNormalized(target);
        if (!target.origin().equals(base.origin()) && location.indexOf('@') < 0) {
            assertNull(target.userInfo(), "the credentials of another origin");
        }
    }

    private static void assertNormalized(HttpUrl url) {
        assertTrue(url.url().chars().allMatch(c -> c > ' ' && c < 127), url::url);
        assertTrue(url.path().startsWith("/"), url::path);
        assertFalse(url.path().contains("#"), url::path);
        assertTrue(url.origin().port() > 0 && url.origin().port() < 65_536, url::url);
        assertTrue(url.origin().host().matches("[a-z0-9._-]+|[0-9a-f:.]*:[0-9a-f:.]*"), url::url);
        if (url.userInfo() != null) {
            assertTrue(url.userInfo().chars().allMatch(c -> c >= ' ' && c != 127 && "/?#\\".indexOf(c) < 0));
            assertTrue(url.login().basic().startsWith("Basic "));
        }
        try {
            assertEquals(new HttpUrl(url.origin(), url.path(), null), HttpUrl.parse(url.url()));
        } catch (InvalidUrlException e) {
            throw new AssertionError(url.url() + " is not parsed again", e);
        }
    }

    private static void assertPrintable(String message) {
        assertTrue(message.codePoints().noneMatch(Character::isISOControl), message);
        assertTrue(message.length() < 500, message);
    }
}

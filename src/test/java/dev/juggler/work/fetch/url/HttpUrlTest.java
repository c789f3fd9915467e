package dev.juggler.work.fetch.url;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://host, http://host/",
        "HTTP://HoSt:80/A, http://host/A",
        "https://host:443, https://host/",
        "https://host:80/x?y#z, https://host:80/x?y",
        "host/path, http://host/path",
        "localhost:8080/a, http://localhost:8080/a",
        "//host/a, http://host/a",
        "http:/host/a, http://host/a",
        "localhost:, http://localhost/",
        "http://host?q, http://host/?q",
        "http://host/a b/ü?x=ä|[], http://host/a%20b/%C3%BC?x=%C3%A4%7C%5B%5D",
        "http://host/%41%zz%, http://host/%41%25zz%25",
        "http://host/a/../../b/./c/.., http://host/b/",
        "http://host/...?a/../b, http://host/...?a/../b",
        "http://[::1]:81/, http://[::1]:81/",
        "http://bücher.example/, http://xn--bcher-kva.example/",
        "http://u:p@host/, http://host/",
        "http://u@v:p@host:81/@, http://host:81/@",
        "' http://host/ ', http://host/",
        "http://host\\a, http://host/%5Ca",
        "http://@host/, http://host/",
        "http://host:0018800/, http://host:18800/",
        "http://host:00080/, http://host/",
        "http://a.b./, http://a.b./",
        "http://[FE80::1%25lo]:81/x, http://[fe80::1%25lo]:81/x",
        "http://[fe80::1%lo]/, http://[fe80::1%25lo]/",
    })
    void parsesWhatPeoplePaste(String text, String url) throws Exception {
        HttpUrl target = HttpUrl.parse(text);
        assertEquals(url, target.url());
        assertEquals(url, URI.create(url).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "http:///a",
                "mailto://x",
                "file:/x",
                "mailto:x",
                "http://h:0/",
                "http://h:x/",
                "http://h:1:2/",
                "http://a%20b/",
                "http://[x]/",
                "http://[::1%25]/",
                "http://[::1%25a/b]/",
                "http://[::1%25a%0d]/",
                "http://a..b/",
                "http://.a/",
                "http://./",
                "http://a../",
                "http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.host/",
                "http://h:65536/",
                "http://h:99999999999999999999/",
                "http://h:-1/",
                "http://a\u0000/",
                "http://a/\r\nX: y"
            })
    void rejectsTextThatIsNotAUrl(String text) {
        assertThrows(InvalidUrlException.class, () -> HttpUrl.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"htp:/x", "htp://x", "htp:///x"})
    void namesAMistypedScheme(String text) {
        InvalidUrlException rejected = assertThrows(InvalidUrlException.class, () -> HttpUrl.parse(text));
        assertEquals("the scheme 'htp' is not http or https", rejected.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "http://[::1]:81/, [::1]:81",
        "https://[::1]/, [::1]",
        "http://[fe80::1%25lo]:81/, [fe80::1]:81",
        "http://host:81/, host:81",
    })
    void theHostHeaderHasBracketsAndNoZone(String text, String authority) throws Exception {
        assertEquals(authority, HttpUrl.parse(text).origin().authority());
    }

    @ParameterizedTest
    @CsvSource({"http://me:pw@h/, Basic bWU6cHc=", "http://me@h/, Basic bWU6", "http://%C3%BC:%3A@h/, Basic w7w6Og=="})
    void encodesUserInfoAsBasicCredentials(String text, String authorization) throws Exception {
        assertEquals(authorization, HttpUrl.parse(text).login().basic());
    }
}

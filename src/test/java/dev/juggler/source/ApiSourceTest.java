package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Task;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiSourceTest {
    private static final String API = "http://api.example/v1/list";

    private final Map<String, String> bodies = new HashMap<>();
    private final List<String> read = new ArrayList<>();
    private boolean closed;

    private final PageReader pages = new PageReader() {
        @Override
        public byte[] read(String url) throws IOException {
            read.add(url);
            if (!bodies.containsKey(url)) {
                throw new IOException("cannot read " + url + ": 404 Not Found");
            }
            return bodies.get(url).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {
            closed = true;
        }
    };

    private Source source(String select, String next) {
        return Sources.api(pages, API, select, Optional.ofNullable(next), 3);
    }

    private static List<String> keys(List<Task> tasks) {
        return tasks.stream().map(Task::key).toList();
    }

    @Test
    void returnsTheLinksOfAPageBeforeItReadsTheNext() throws Exception {
        bodies.put(API, "{\"data\":[{\"link\":\"http://h/1\"},{\"link\":\"/2\"}],\"next\":\"?page=2\"}");
        bodies.put(API + "?page=2", "{\"data\":[{\"link\":\"3\"}],\"next\":null}");
        try (Source source = source("/data/*/link", "/next")) {
            assertEquals(List.of("http://h/1"), keys(source.next(1)));
            assertEquals(List.of("http://api.example/2"), keys(source.next(9)));
            assertEquals(List.of(API), read);
            List<Task> last = source.next(9);
            assertEquals(List.of("http://api.example/v1/3"), keys(last));
            assertEquals(2, last.getFirst().index());
            assertEquals(List.of(), source.next(9));
        }
        assertTrue(closed);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '[\"http://h/\"]', fails",
        "'/0', '[\"http://h/\"]', http://h/",
        "'/*', '{\"a\":\"http://h/\"}', http://h/",
        "'/a~1b/m~0n', '{\"a/b\":{\"m~n\":\"http://h/\"}}', http://h/",
        "'/a/*/b/*', '{\"a\":[{\"b\":[]},{\"c\":1},{\"b\":[\"http://h/\"]}]}', http://h/",
        "'/01', '[\"x\",\"y\"]', fails",
        "'/a', '{\"a\":7}', fails",
        "'/a', '{\"a\":null}', fails",
        "'/a', '{\"b\":\"x\"}', fails"
    })
    void selectsByPointersWithWildcards(String select, String body, String found) throws Exception {
        bodies.put(API, body);
        Source source = source(select, null);
        if (found.equals("fails")) {
            IllegalArgumentException rejection = assertThrows(IllegalArgumentException.class, () -> source.next(9));
            assertTrue(rejection.getMessage().startsWith("--select '" + select + "' selects "), rejection::getMessage);
            assertTrue(rejection.getMessage().contains(API), rejection::getMessage);
        } else {
            assertEquals(List.of(found), keys(source.next(9)));
        }
    }

    @Test
    void emptyLastPageIsValidButNoLinksAtAllAreNot() throws Exception {
        bodies.put(API, "{\"data\":[\"a\"],\"next\":\"/two\"}");
        bodies.put("http://api.example/two", "{\"data\":[]}");
        Source some = source("/data/*", "/next");
        assertEquals(1, some.next(9).size());
        assertEquals(List.of(), some.next(9));
        bodies.put(API, "{\"data\":[],\"next\":\"/two\"}");
        assertThrows(
                IllegalArgumentException.class, () -> source("/data/*", "/next").next(9));
    }

    @Test
    void loopsAndTooManyPagesAreRejected() throws Exception {
        bodies.put(API, "{\"data\":[\"a\"],\"next\":\"list\"}");
        Source loop = source("/data/*", "/next");
        loop.next(9);
        assertTrue(
                assertThrows(IOException.class, () -> loop.next(9)).getMessage().contains("loop"));
        for (int i = 1; i < 9; i++) {
            bodies.put("http://api.example/" + i, "{\"data\":[\"a\"],\"next\":\"/" + (i + 1) + "\"}");
        }
        bodies.put(API, bodies.get("http://api.example/1"));
        Source endless = source("/data/*", "/next");
        endless.next(1);
        endless.next(1);
        endless.next(1);
        assertTrue(assertThrows(IOException.class, () -> endless.next(1))
                .getMessage()
                .contains("--max-pages"));
    }

    @Test
    void rejectsANextPageOfAnotherOrigin() throws Exception {
        for (String next : List.of("http://evil.example/", "https://api.example/v1/list", "http://api.example:81/")) {
            bodies.put(API, "{\"data\":[\"a\"],\"next\":\"" + next + "\"}");
            Source source = source("/data/*", "/next");
            IllegalArgumentException rejection = assertThrows(IllegalArgumentException.class, () -> source.next(9));
            assertTrue(rejection.getMessage().contains("leaves http://api.example:80"), rejection::getMessage);
        }
    }

    @Test
    void reportsPagesThatAreMissingOrNotJson() {
        assertTrue(assertThrows(IOException.class, () -> source("/a", null).next(1))
                .getMessage()
                .contains("404"));
        bodies.put(API, "<html>");
        String message = assertThrows(
                        IOException.class, () -> source("/a", null).next(1))
                .getMessage();
        assertTrue(message.startsWith(API + " is not JSON: line 1"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "/a~2", "/~"})
    void rejectsMalformedPointers(String pointer) {
        assertThrows(IllegalArgumentException.class, () -> source(pointer, null));
        assertThrows(IllegalArgumentException.class, () -> source("/a", pointer));
        assertThrows(IllegalArgumentException.class, () -> source("/a", "/*/next"));
    }
}

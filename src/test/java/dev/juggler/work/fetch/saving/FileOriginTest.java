package dev.juggler.work.fetch.saving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.juggler.job.FetchSpec.Header;
import dev.juggler.work.fetch.http.ResponseHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileOriginTest {
    private static final String URL = "http://example.org/a";
    private static final String MODIFIED = "Fri, 27 Nov 2026 12:00:00 GMT";
    private static final String SAVED = "Sat, 28 Nov 2026 12:00:00 GMT";

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = Files.writeString(folder.resolve("a"), "body");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-28T12:00:00Z")));
    }

    private FileOrigin read() throws IOException {
        return FileOrigin.read(file, Files.readAttributes(file, BasicFileAttributes.class), URL);
    }

    private void mark(Map<String, String> headers) {
        assumeTrue(hasAttributes(), "the file system keeps no extended attributes");
        FileOrigin.write(file, URL, new ResponseHead(200, headers::get));
    }

    private boolean hasAttributes() {
        try {
            write("juggler.test", "x");
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void write(String name, String value) throws IOException {
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .write(name, ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Test
    void aFileWithoutMarksIsKnownByItsTimeOnly() throws IOException {
        FileOrigin origin = read();
        assertEquals(new FileOrigin(URL, null, null, SAVED), origin);
        assertTrue(origin.hasSameUrl());
        assertEquals(List.of(new Header("if-modified-since", SAVED)), origin.conditions());
    }

    @Test
    void marksStayWithTheFileWhereverItGoes() throws IOException {
        mark(Map.of("etag", "W/\"v1\"", "last-modified", MODIFIED));
        file = Files.move(file, folder.resolve("b"));
        FileOrigin origin = read();
        assertEquals(new FileOrigin(URL, URL, "W/\"v1\"", MODIFIED), origin);
        assertEquals(
                List.of(new Header("if-none-match", "W/\"v1\""), new Header("if-modified-since", MODIFIED)),
                origin.conditions());
    }

    @Test
    void aDateThatNobodyCanReadIsNotKept() throws IOException {
        mark(Map.of("last-modified", "yesterday"));
        assertEquals(new FileOrigin(URL, URL, null, SAVED), read());
    }

    @Test
    void aMarkThatIsNoHeaderValueIsNotSent() throws IOException {
        mark(Map.of());
        write("juggler.etag", "\"v1\"\r\nX-Injected: 1");
        assertNull(read().etag());
    }

    @Test
    void aFileFromAnotherUrlIsNotComparedWithThisOne() {
        FileOrigin origin = new FileOrigin(URL, "http://example.org/other", "\"v1\"", MODIFIED);
        assertFalse(origin.hasSameUrl());
        assertEquals(List.of(), origin.conditions());
    }

    @Test
    void aMarkThatIsTooLongIsLeftOut() throws IOException {
        mark(Map.of("etag", "\"" + "x".repeat(5_000) + "\""));
        assertNull(read().etag());
        assertEquals(URL, read().url());
    }
}

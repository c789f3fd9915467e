package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListSourceTest {
    @TempDir
    Path folder;

    @Test
    void aLineIsAnInputAndCommentsAndBlankLinesAreNot() throws IOException {
        String text = "# top\n\n one \r\n\t# indented\n   \r\ntwo # not a comment\nhttp://h/#part\n1..3\n17";
        assertEquals(
                List.of("one", "two # not a comment", "http://h/#part", "1..3", "17"),
                Drain.keys(Sources.list(file(text))));
    }

    @Test
    void aLineIsAlwaysText() throws IOException {
        try (Source source = Sources.list(file("17\n"))) {
            assertEquals(List.of(new Input.Text("17")), Drain.inputs(source, 1));
        }
    }

    @Test
    void anEmptyListIsAnEmptySource() throws IOException {
        assertEquals(List.of(), Drain.keys(Sources.list(file(""))));
        assertEquals(List.of(), Drain.keys(Sources.list(file("# nothing\n\n"))));
    }

    @Test
    void textBeyondAsciiIsReadAsUtf8AndAByteOrderMarkIsDropped() throws IOException {
        assertEquals(
                List.of("Zoë", "日本", "🤹", "\uFFFD"), Drain.keys(Sources.list(file("\uFEFFZoë\n日本\n🤹\n\uFFFD\n"))));
    }

    @Test
    void aCommentAfterAByteOrderMarkIsAComment() throws IOException {
        assertEquals(List.of("a"), Drain.keys(Sources.list(file("\uFEFF# top\na\n"))));
    }

    @Test
    void nulSeparatedEntriesAreNotChanged() throws IOException {
        assertEquals(
                List.of(" a\nb ", "# c", "", "d"),
                Drain.keys(Sources.list(file(" a\nb \0# c\0\0d\0"), ListFormat.NUL)));
        assertEquals(List.of("a", "b"), Drain.keys(Sources.list(file("a\0b"), ListFormat.NUL)));
    }

    @Test
    void standardInputReadsLikeAFileAndStaysOpen() throws IOException {
        boolean[] closed = {false};
        ByteArrayInputStream stdin = new ByteArrayInputStream("a\n#b\nc\n".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        assertEquals(List.of("a", "c"), Drain.keys(Sources.list(stdin)));
        assertEquals(false, closed[0]);
    }

    @Test
    void longestLineIsReadAtAnyPosition() throws IOException {
        String longest = "x".repeat(RecordReader.MAX_RECORD_BYTES);
        for (String list : List.of(longest, longest + "\n", "a\n" + longest + "\nb\n")) {
            assertTrue(Drain.keys(Sources.list(file(list))).contains(longest));
        }
    }

    @Test
    void aLongerLineIsRejectedByNumberAgainAndAgain() throws IOException {
        Path list = file("# one\n\n" + "x".repeat(RecordReader.MAX_RECORD_BYTES + 1) + "\nb\n");
        String message = "line 3 of '" + list + "' is longer than 1048576 bytes";
        assertRejected(list, message);
        assertRejected(file("# one\n\n" + "x".repeat(RecordReader.MAX_RECORD_BYTES + 1)), message);
    }

    @Test
    void malformedUtf8IsRejectedByNumber() throws IOException {
        Path list = Files.write(folder.resolve("list"), new byte[] {'#', '\n', 'a', (byte) 0xC3, '(', '\n'});
        assertRejected(list, "line 2 of '" + list + "' is not UTF-8: convert the list");
    }

    @Test
    void aNulInALineIsRejectedWithTheRemedy() throws IOException {
        Path list = file("a\0b\0");
        assertRejected(list, "line 1 of '" + list + "' contains a NUL: give -0 if NULs separate the inputs");
    }

    private static void assertRejected(Path list, String message) throws IOException {
        try (Source source = Sources.list(list)) {
            for (int time = 1; time <= 2; time++) {
                assertEquals(
                        message,
                        assertThrows(IllegalArgumentException.class, () -> source.next(10))
                                .getMessage());
            }
        }
    }

    @Test
    void aListThatCannotBeReadIsRejectedOnOpening() throws IOException {
        assertUnreadable(folder.resolve("absent"), "there is no such file");
        assertUnreadable(folder, "it is a folder");
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            assertUnreadable(socket, "No such device or address");
        }
    }

    @Test
    void aListWithoutPermissionIsRejectedOnOpening() throws IOException {
        Path list = file("a");
        Files.setPosixFilePermissions(list, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(list), "this user may read everything");
        assertUnreadable(list, "permission denied");
    }

    private static void assertUnreadable(Path list, String reason) {
        IOException rejection = assertThrows(IOException.class, () -> Sources.list(list));
        assertEquals("cannot read the list '" + list + "': " + reason, rejection.getMessage());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("list"), text);
    }
}

package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "aa|bb|cc|dd|, 2, aa|bb| cc|dd|",
        "aa|bb|cc|dd, 4, aa| bb| cc| dd",
        "a|b|c|, 10, a| b| c|",
        "a|b|c, 10, a| b| c",
        "long long long|b|, 2, long-long-long| b|",
        "a|long long long, 3, a|long-long-long",
        "||||, 2, || ||",
        "|, 5, |",
        "x, 5, x",
    })
    void fileIsSplitAtLineEnds(String content, int chunks, String expected) throws IOException {
        Path file = file(content.replace('|', '\n').replace(' ', '-'));
        assertEquals(expected.replace('|', '\n'), String.join(" ", parts(file, chunks)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void everyByteIsInOneChunkAndEveryLineIsWhole(int chunks) throws IOException {
        Random random = new Random(chunks);
        String text = random.ints(2000, 0, 60).mapToObj("é"::repeat).collect(Collectors.joining("\r\n"));
        Path file = file(text);
        List<String> parts = parts(file, chunks);
        assertEquals(text, String.join("", parts));
        assertTrue(parts.size() <= chunks);
        parts.subList(0, parts.size() - 1).forEach(part -> assertTrue(part.endsWith("\n")));
    }

    @Test
    void chunksAreOfAboutEqualSize() throws IOException {
        Path file = file("0123456789\n".repeat(100_000));
        List<Input> chunks = Drain.inputs(Sources.splitFile(file, 7), 100);
        assertEquals(7, chunks.size());
        chunks.forEach(chunk -> assertEquals(1_100_000 / 7.0, ((Input.FileChunk) chunk).length(), 12));
    }

    @Test
    void theNumberIsKnownOnOpening() throws IOException {
        assertEquals(OptionalLong.of(3), Sources.splitFile(file("a\nb\nc\n"), 8).size());
    }

    @Test
    void anEmptyFileHasNoChunks() throws IOException {
        assertEquals(List.of(), Drain.keys(Sources.splitFile(file(""), 4)));
    }

    @Test
    void keyOfAChunkNamesItsPosition() throws IOException {
        Path file = file("ab\ncd\n");
        assertEquals(List.of(file + "#0+3", file + "#3+3"), Drain.keys(Sources.splitFile(file, 2)));
    }

    @Test
    void hugeFileIsSplitBySeeking() throws IOException {
        Path file = folder.resolve("sparse");
        long size = 1L << 40;
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
            for (int quarter = 1; quarter <= 3; quarter++) {
                sparse.seek(size / 4 * quarter + 10);
                sparse.write('\n');
            }
        }
        long quarter = size / 4;
        assertEquals(
                List.of(
                        file + "#0+" + (quarter + 11),
                        file + "#" + (quarter + 11) + "+" + quarter,
                        file + "#" + (2 * quarter + 11) + "+" + quarter,
                        file + "#" + (3 * quarter + 11) + "+" + (quarter - 11)),
                Drain.keys(Sources.splitFile(file, 4)));
    }

    @Test
    void unsplittableFileIsRejectedByName() {
        Path absent = folder.resolve("absent");
        assertUnreadable(absent, "there is no such file");
        assertUnreadable(folder, "only a regular file can be split into parts");
        assertUnreadable(Path.of("/dev/null"), "only a regular file can be split into parts");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1_000_001})
    void aNumberOfChunksOutsideTheLimitsIsRejected(int chunks) throws IOException {
        Path file = file("a");
        assertEquals(
                "a file can be split into 1 to 1000000 parts, not " + chunks,
                assertThrows(IllegalArgumentException.class, () -> Sources.splitFile(file, chunks))
                        .getMessage());
    }

    private static void assertUnreadable(Path file, String reason) {
        IOException rejection = assertThrows(IOException.class, () -> Sources.splitFile(file, 2));
        assertEquals("cannot read the file '" + file + "': " + reason, rejection.getMessage());
    }

    private static List<String> parts(Path file, int chunks) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int[] covered = {0};
        List<String> parts = Drain.inputs(Sources.splitFile(file, chunks), 100).stream()
                .map(input -> {
                    Input.FileChunk chunk = (Input.FileChunk) input;
                    assertEquals(covered[0], chunk.offset());
                    assertTrue(chunk.length() > 0);
                    covered[0] += (int) chunk.length();
                    byte[] part = Arrays.copyOfRange(bytes, (int) chunk.offset(), covered[0]);
                    return new String(part, StandardCharsets.UTF_8);
                })
                .toList();
        assertEquals(bytes.length, covered[0]);
        return parts;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text);
    }
}

package dev.juggler.work.compute.builtin;

import static dev.juggler.work.compute.FunctionCalls.builtIn;
import static dev.juggler.work.compute.FunctionCalls.error;
import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.Input;
import dev.juggler.job.Task;
import dev.juggler.job.TaskError;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.compute.ComputeWork;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltInFilesTest {
    @TempDir
    Path folder;

    @Test
    void sha256IsTheDigestInLowerCase() throws Exception {
        Path file = Files.writeString(folder.resolve("abc"), "abc");
        assertEquals(
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", value(builtIn("sha256"), file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "gzip", "thumbnail", "word-count"})
    void missingFileAndFolderFailTheirTask(String function) throws InterruptedException {
        TaskError missing = error(builtIn(function), folder.resolve("none"));
        assertEquals("io", missing.type());
        assertEquals(folder.resolve("none") + ": no such file", missing.message());
        assertEquals(folder + ": is a folder", error(builtIn(function), folder).message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256", "gzip", "thumbnail"})
    void partOfAFileIsABadInputOfWholeFileFunctions(String function) throws InterruptedException {
        assertEquals(
                "bad-input",
                error(builtIn(function), new Input.FileChunk("a", 0, 1)).type());
    }

    @Test
    void gzipWritesTheSameBytesCompressedBesideTheFile() throws Exception {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("data.bin"), content);
        Path zipped = folder.resolve("data.bin.gz");
        Files.writeString(zipped, "old");
        Map<?, ?> value = (Map<?, ?>) value(builtIn("gzip"), file);
        assertEquals(Map.of("path", zipped.toString(), "bytes", Files.size(zipped)), value);
        assertEquals(List.of("path", "bytes"), List.copyOf(value.keySet()));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(zipped))) {
            assertArrayEquals(content, in.readAllBytes());
        }
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of("data.bin", "data.bin.gz"), names());
    }

    @Test
    void gzipLeavesNoTemporaryFileWhenItFails() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "x");
        Files.createDirectory(folder.resolve("a.gz"));
        assertEquals("io", error(builtIn("gzip"), file).type());
        assertEquals(List.of("a", "a.gz"), names());
    }

    @Test
    void gzipLeavesNoTemporaryFileWhenInterrupted() throws Exception {
        Path file = Files.writeString(folder.resolve("a"), "x");
        BlockingWork worker = ComputeWork.prepare(builtIn("gzip")).blocking();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> worker.run(new Task(0, new Input.Text(file.toString()))));
        assertEquals(List.of("a"), names());
    }

    @Test
    void gzipRejectsCompressedFiles() throws Exception {
        assertEquals(
                "bad-input",
                error(builtIn("gzip"), Files.writeString(folder.resolve("a.gz"), ""))
                        .type());
    }

    @ParameterizedTest
    @CsvSource({"2000, 1000, 256, 128", "513, 5000, 26, 256", "1, 3000, 1, 256", "40, 30, 40, 30"})
    void thumbnailKeepsTheAspectRatio(int width, int height, int smallWidth, int smallHeight) throws Exception {
        Path file = image("photo.jpg", "jpg", width, height);
        Path small = folder.resolve("photo.jpg.thumb.png");
        assertEquals(
                Map.of("path", small.toString(), "width", (long) smallWidth, "height", (long) smallHeight),
                value(builtIn("thumbnail"), file));
        BufferedImage read = ImageIO.read(small.toFile());
        assertEquals(smallWidth, read.getWidth());
        assertEquals(smallHeight, read.getHeight());
    }

    @Test
    void thumbnailRejectsAnImageThatClaimsToBeGigantic() throws Exception {
        Path file = Files.write(folder.resolve("bomb.png"), pngHeader(100_000, 100_000));
        TaskError error = error(builtIn("thumbnail"), file);
        assertEquals("bad-input", error.type());
        assertTrue(error.message().contains("100000 × 100000"), error.message());
    }

    @Test
    void thumbnailOfAFileThatIsNoImageFails() throws Exception {
        Path text = Files.writeString(folder.resolve("a.png"), "not an image");
        assertEquals("bad-input", error(builtIn("thumbnail"), text).type());
        Path truncated = Files.write(folder.resolve("truncated.png"), pngHeader(10, 10));
        assertEquals("io", error(builtIn("thumbnail"), truncated).type());
        assertEquals(List.of("a.png", "truncated.png"), names());
    }

    @Test
    void wordCountCountsAsWcDoes() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "one two\n\n  three\tfour\r\nfünf");
        assertEquals(Map.of("lines", 3L, "words", 5L, "bytes", Files.size(file)), value(builtIn("word-count"), file));
    }

    @Test
    void wordCountsOfPartsAddUp() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "one two\nthree\n");
        assertEquals(
                Map.of("lines", 1L, "words", 2L, "bytes", 8L),
                value(builtIn("word-count"), new Input.FileChunk(file.toString(), 0, 8)));
        assertEquals(
                Map.of("lines", 1L, "words", 1L, "bytes", 6L),
                value(builtIn("word-count"), new Input.FileChunk(file.toString(), 8, 6)));
    }

    @Test
    void partOfATruncatedFileFails() throws Exception {
        Path file = Files.writeString(folder.resolve("text"), "one two\n");
        TaskError error = error(builtIn("word-count"), new Input.FileChunk(file.toString(), 4, 10));
        assertEquals("io", error.type());
        assertTrue(error.message().contains("6 bytes of this part are missing"), error.message());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path image(String name, String format, int width, int height) throws IOException {
        Path file = folder.resolve(name);
        assertTrue(ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, file.toFile()));
        return file;
    }

    private static byte[] pngHeader(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        CRC32 sum = new CRC32();
        sum.update(header);
        return ByteBuffer.allocate(8 + 4 + header.length + 4)
                .putLong(0x89504E470D0A1A0AL)
                .putInt(13)
                .put(header)
                .putInt((int) sum.getValue())
                .array();
    }
}

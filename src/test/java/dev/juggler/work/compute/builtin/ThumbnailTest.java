package dev.juggler.work.compute.builtin;

import static dev.juggler.work.compute.FunctionCalls.builtIn;
import static dev.juggler.work.compute.FunctionCalls.error;
import static dev.juggler.work.compute.FunctionCalls.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.TaskError;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ThumbnailTest {
    private static final int WIDTH = 120;
    private static final int HEIGHT = 80;
    private static final int TIFF_HEADER = 8;

    @TempDir
    private Path folder;

    /** Draws red, green, blue and white quarters: top left, top right, bottom left, bottom right. */
    private static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        Color[] quarters = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < quarters.length; i++) {
            graphics.setColor(quarters[i]);
            graphics.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2, height / 2);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, "jpg", out));
        return out.toByteArray();
    }

    /** A TIFF structure with one entry, the orientation. */
    private static byte[] exif(ByteOrder order, int orientation) {
        return ByteBuffer.allocate(TIFF_HEADER + 2 + 12 + 4)
                .order(order)
                .putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949))
                .putShort((short) 42)
                .putInt(TIFF_HEADER)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** Puts an Exif block behind the start of a JPEG. */
    private static byte[] withExif(byte[] jpeg, byte[] tiff) {
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(jpeg.length + 4 + name.length + tiff.length)
                .put(jpeg, 0, 2)
                .putShort((short) 0xFFE1)
                .putShort((short) (2 + name.length + tiff.length))
                .put(name)
                .put(tiff)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private BufferedImage thumbnail(byte[] image) throws Exception {
        Path file = Files.write(folder.resolve("photo.jpg"), image);
        Map<?, ?> value = (Map<?, ?>) value(builtIn("thumbnail"), file);
        BufferedImage small = ImageIO.read(Path.of((String) value.get("path")).toFile());
        assertEquals((long) small.getWidth(), value.get("width"));
        assertEquals((long) small.getHeight(), value.get("height"));
        return small;
    }

    /** The initials of the colours of the quarters, top left first. */
    private static String quarters(BufferedImage image) {
        StringBuilder initials = new StringBuilder();
        for (int y : new int[] {image.getHeight() / 4, image.getHeight() * 3 / 4}) {
            for (int x : new int[] {image.getWidth() / 4, image.getWidth() * 3 / 4}) {
                initials.append(initial(new Color(image.getRGB(x, y))));
            }
        }
        return initials.toString();
    }

    private static char initial(Color colour) {
        boolean red = colour.getRed() > 128;
        boolean green = colour.getGreen() > 128;
        boolean blue = colour.getBlue() > 128;
        return red && green && blue ? 'W' : red ? 'R' : green ? 'G' : blue ? 'B' : '?';
    }

    @ParameterizedTest
    @CsvSource({"1,RGBW", "2,GRWB", "3,WBGR", "4,BWRG", "5,RBGW", "6,BRWG", "7,WGBR", "8,GWRB"})
    void turnsTheImageByItsExifOrientation(int orientation, String expected) throws Exception {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            BufferedImage small = thumbnail(withExif(jpeg(WIDTH, HEIGHT), exif(order, orientation)));
            assertEquals(expected, quarters(small), order::toString);
            assertEquals(orientation > 4 ? HEIGHT : WIDTH, small.getWidth());
        }
    }

    @Test
    void turnsAScaledImage() throws Exception {
        BufferedImage small = thumbnail(withExif(jpeg(2000, 1000), exif(ByteOrder.BIG_ENDIAN, 6)));
        assertEquals(128, small.getWidth());
        assertEquals(256, small.getHeight());
        assertEquals("BRWG", quarters(small));
    }

    static Stream<byte[]> brokenExif() {
        byte[] good = exif(ByteOrder.BIG_ENDIAN, 6);
        return Stream.of(
                new byte[0],
                Arrays.copyOf(good, 5),
                Arrays.copyOf(good, TIFF_HEADER),
                Arrays.copyOf(good, TIFF_HEADER + 2 + 11),
                changed(good, 0, 0x51),
                changed(good, 3, 43),
                changed(good, 4, 0xFF), // the directory lies 4 GB away
                changed(good, TIFF_HEADER + 5, 4), // not a SHORT
                changed(good, TIFF_HEADER + 9, 2), // two values
                changed(good, TIFF_HEADER + 11, 0),
                changed(good, TIFF_HEADER + 11, 9),
                changed(good, TIFF_HEADER + 10, 0xFF));
    }

    private static byte[] changed(byte[] bytes, int index, int value) {
        byte[] changed = bytes.clone();
        changed[index] = (byte) value;
        return changed;
    }

    @ParameterizedTest
    @MethodSource("brokenExif")
    void ignoresABrokenExifBlock(byte[] tiff) throws Exception {
        assertEquals("RGBW", quarters(thumbnail(withExif(jpeg(WIDTH, HEIGHT), tiff))));
    }

    @Test
    void ignoresEntriesBeyondTheBlock() throws Exception {
        byte[] tiff = changed(exif(ByteOrder.BIG_ENDIAN, 6), TIFF_HEADER, 0xFF);
        assertEquals("BRWG", quarters(thumbnail(withExif(jpeg(WIDTH, HEIGHT), tiff))));
        byte[] otherTag = changed(tiff, TIFF_HEADER + 3, 0x11);
        assertEquals("RGBW", quarters(thumbnail(withExif(jpeg(WIDTH, HEIGHT), otherTag))));
    }

    @ParameterizedTest
    @CsvSource({"2", "100", "1000"})
    void truncatedJpegFails(int missing) throws Exception {
        byte[] whole = jpeg(400, 300);
        Path file = Files.write(folder.resolve("cut.jpg"), Arrays.copyOf(whole, whole.length - missing));
        TaskError error = error(builtIn("thumbnail"), file);
        assertEquals("io", error.type());
        assertTrue(error.message().startsWith(file + ": the image is truncated or damaged: "), error.message());
        assertTrue(Files.notExists(folder.resolve("cut.jpg.thumb.png")));
    }

    @Test
    void extraBytesBeforeTheEndAreIgnored() throws Exception {
        byte[] whole = jpeg(WIDTH, HEIGHT);
        byte[] longer = ByteBuffer.allocate(whole.length + 2)
                .put(whole, 0, whole.length - 2)
                .putShort((short) 0)
                .putShort((short) 0xFFD9)
                .array();
        assertEquals("RGBW", quarters(thumbnail(longer)));
    }
}

package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of coloured waves as a JPEG or PNG file.
 *
 * @param name the file name
 * @param width in pixels
 * @param height in pixels
 * @param file the content of the file; must not be modified
 */
record DemoPicture(String name, int width, int height, Buffer file) {
    /** As many pictures as in the tutorials. Only {@value #DISTINCT} of them differ, because painting takes time. */
    private static final int COUNT = 24;

    private static final int DISTINCT = 6;
    private static final int WIDTH = 600;
    private static final int HEIGHT = 400;
    private static final int NOISE = 80;

    static {
        // No screen is needed; without this setting a headless JDK fails to load AWT's native code.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    /** The media type of the file. */
    String type() {
        return name.endsWith(".png") ? "image/png" : "image/jpeg";
    }

    /** Paints the pictures of the demo, which are equal in every run. Blocks for a few tenths of a second. */
    static List<DemoPicture> paintAll() {
        List<DemoPicture> painted = IntStream.range(0, DISTINCT)
                .parallel()
                .mapToObj(DemoPicture::paint)
                .toList();
        return IntStream.range(0, COUNT)
                .mapToObj(i -> painted.get(i % DISTINCT).numbered(i + 1))
                .toList();
    }

    private DemoPicture numbered(int number) {
        return new DemoPicture("ball-%02d.%s".formatted(number, name), width, height, file);
    }

    /** Paints a picture named after its format. The first is a PNG without noise, the others are JPEGs. */
    private static DemoPicture paint(int hue) {
        String format = hue == 0 ? "png" : "jpg";
        return new DemoPicture(format, WIDTH, HEIGHT, encode(waves(hue, hue == 0 ? 1 : NOISE), format));
    }

    /** Paints waves in a hue, with noise to make the file larger. */
    private static BufferedImage waves(int hue, int noise) {
        double[] columns = wave(WIDTH, 3 + hue % 5, hue);
        double[] rows = wave(HEIGHT, 2 + hue % 3, hue * 2);
        double[] colors = {Math.sin(hue), Math.sin(hue + 2.1), Math.sin(hue + 4.2)};
        SplittableRandom random = new SplittableRandom(hue);
        int[] pixels = new int[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            double light = 100 + 25 * (columns[i % WIDTH] + rows[i / WIDTH]) + random.nextInt(noise);
            pixels[i] = channel(light, colors[0]) << 16 | channel(light, colors[1]) << 8 | channel(light, colors[2]);
        }
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        image.getRaster().setDataElements(0, 0, WIDTH, HEIGHT, pixels);
        return image;
    }

    private static double[] wave(int length, int periods, int phase) {
        return IntStream.range(0, length)
                .mapToDouble(i -> Math.sin(phase + 2 * Math.PI * periods * i / length))
                .toArray();
    }

    private static int channel(double light, double hue) {
        return Math.clamp((int) (light + 60 * hue), 0, 255);
    }

    private static Buffer encode(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 17);
        // ImageIO.write(…, OutputStream) would write a temporary file first.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, out)) {
                throw new IOException("this JDK has no encoder for " + format + " pictures");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

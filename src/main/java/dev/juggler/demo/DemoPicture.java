package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of coloured waves, as a real JPEG or PNG file.
 *
 * @param name the name of the file
 * @param width in pixels
 * @param height in pixels
 * @param file the content of the file; never changed
 */
record DemoPicture(String name, int width, int height, Buffer file) {
    private static final int COUNT = 24;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 320;

    /** Every sixth picture is a PNG, the others are JPEGs. */
    private static final int PNG_EVERY = 6;

    static {
        // Nothing here needs a screen; without this, a JDK that has no graphical half fails to load its native code.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    /** The media type of the file. */
    String type() {
        return name.endsWith(".png") ? "image/png" : "image/jpeg";
    }

    /** The pictures of the demo, the same on every run. Blocks for some tenths of a second. */
    static List<DemoPicture> all() {
        return IntStream.rangeClosed(1, COUNT).parallel().mapToObj(DemoPicture::paint).toList();
    }

    private static DemoPicture paint(int number) {
        boolean png = number % PNG_EVERY == 0;
        String format = png ? "png" : "jpg";
        Buffer file = encode(waves(number, png ? 0 : 24), format);
        return new DemoPicture("ball-%02d.%s".formatted(number, format), WIDTH, HEIGHT, file);
    }

    /** Waves in a hue of the number's own, with as much noise as makes a file of about a hundred kilobytes. */
    private static BufferedImage waves(int number, int noise) {
        double[] columns = wave(WIDTH, 3 + number % 5, number);
        double[] rows = wave(HEIGHT, 2 + number % 3, number * 2);
        double[] hue = {Math.sin(number), Math.sin(number + 2.1), Math.sin(number + 4.2)};
        Random random = new Random(number);
        int[] pixels = new int[WIDTH * HEIGHT];
        for (int i = 0; i < pixels.length; i++) {
            double light = 120 + 50 * (columns[i % WIDTH] + rows[i / WIDTH]) / 2 + (noise == 0 ? 0 : random.nextInt(noise));
            pixels[i] = channel(light, hue[0]) << 16 | channel(light, hue[1]) << 8 | channel(light, hue[2]);
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
        // Not ImageIO.write(…, OutputStream): that one writes a temporary file first.
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, format, out)) {
                throw new IOException("this JDK cannot write " + format + " pictures");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

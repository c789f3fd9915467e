package dev.juggler.work.compute.builtin;

import dev.juggler.job.Input;
import dev.juggler.work.compute.function.AtomicFile;
import dev.juggler.work.compute.function.FilePart;
import dev.juggler.work.compute.function.JsonResults;
import dev.juggler.work.compute.function.TaskFailureException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * {@code thumbnail}: writes a small PNG beside an image, {@code photo.jpg.thumb.png}, which it replaces. The thumbnail
 * is upright when the image has an Exif orientation, and never larger than the image.
 *
 * <p>A file of a few bytes can claim to be gigantic, so the size is checked first. A large image is decoded with rows
 * and columns skipped, so that at most about a million pixels are in memory.
 */
final class Thumbnail {
    private static final int MAX_SIDE = 256;

    /** Bounds the time to decode an image and, for some kinds of JPEG, the memory; both grow with all its pixels. */
    private static final long MAX_PIXELS = 250_000_000;

    static {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
    }

    private Thumbnail() {}

    static Object call(Input input) throws TaskFailureException, InterruptedException {
        Path file = FilePart.whole(input).path();
        BufferedImage small = read(file);
        Path target = file.resolveSibling(file.getFileName() + ".thumb.png");
        AtomicFile.write(target, out -> {
            try (MemoryCacheImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(small, "png", image);
            }
        });
        return JsonResults.object(
                Map.entry("path", target.toString()),
                Map.entry("width", (long) small.getWidth()),
                Map.entry("height", (long) small.getHeight()));
    }

    private static BufferedImage read(Path file) throws TaskFailureException {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw TaskFailureException.badInput(file + " is not an image of a known format: "
                        + String.join(", ", ImageIO.getReaderFileSuffixes()));
            }
            ExifOrientation orientation = ExifOrientation.read(in);
            return scaled(decode(file, in, readers.next()), orientation);
        } catch (IOException e) {
            throw TaskFailureException.io(file, e);
        }
    }

    private static BufferedImage decode(Path file, ImageInputStream in, ImageReader reader)
            throws IOException, TaskFailureException {
        try {
            reader.setInput(in, true, true);
            long width = reader.getWidth(0);
            long height = reader.getHeight(0);
            if (width * height > MAX_PIXELS) {
                throw TaskFailureException.badInput(file + " has " + width + " × " + height
                        + " pixels; thumbnail takes at most " + MAX_PIXELS / 1_000_000 + " million");
            }
            ImageReadParam parameters = reader.getDefaultReadParam();
            int step = (int) Math.max(1, Math.max(width, height) / (2 * MAX_SIDE));
            parameters.setSourceSubsampling(step, step, 0, 0);
            List<String> damage = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> {
                if (damage.isEmpty() && reportsDamage(warning)) {
                    damage.add(warning);
                }
            });
            BufferedImage image = reader.read(0, parameters);
            if (!damage.isEmpty()) {
                throw TaskFailureException.io(file + ": the image is truncated or damaged: " + damage.getFirst());
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /**
     * Returns whether a decoder's warning means that pixels are missing or wrong. The JPEG decoder fills those with
     * grey and continues. It also warns of extra bytes between segments, as some cameras write them, and of unusual
     * colour profiles.
     */
    private static boolean reportsDamage(String warning) {
        return warning.startsWith("Truncated File")
                || warning.startsWith("Premature end")
                || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous"));
    }

    private static BufferedImage scaled(BufferedImage image, ExifOrientation orientation) {
        double scale = Math.min(1, (double) MAX_SIDE / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        boolean opaque = image.getTransparency() == BufferedImage.OPAQUE;
        BufferedImage small = new BufferedImage(
                orientation.isTurned() ? height : width,
                orientation.isTurned() ? width : height,
                opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = small.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.transform(orientation.transform(width, height));
            graphics.drawImage(image, 0, 0, width, height, null);
            return small;
        } finally {
            graphics.dispose();
        }
    }
}

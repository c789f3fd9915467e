package dev.juggler.work.compute.builtin;

import java.awt.geom.AffineTransform;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/**
 * The orientation in a JPEG's Exif block, which says how to turn the stored pixels for display. Each is named after the
 * sides of the scene that row 0 and column 0 of the stored pixels show (Exif 2.32, tag 0x0112).
 */
enum ExifOrientation {
    TOP_LEFT(false, 1, 0, 0, 1),
    TOP_RIGHT(false, -1, 0, 0, 1),
    BOTTOM_RIGHT(false, -1, 0, 0, -1),
    BOTTOM_LEFT(false, 1, 0, 0, -1),
    LEFT_TOP(true, 0, 1, 1, 0),
    RIGHT_TOP(true, 0, 1, -1, 0),
    RIGHT_BOTTOM(true, 0, -1, -1, 0),
    LEFT_BOTTOM(true, 0, -1, 1, 0);

    private static final int JPEG_START = 0xFFD8;
    private static final int APP1 = 0xFFE1;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int END_OF_IMAGE = 0xFFD9;
    private static final long EXIF = 0x457869660000L;
    private static final int TIFF_MAGIC = 42;
    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY_LENGTH = 12;

    /**
     * Bounds the search for the Exif block, which is among the first segments; beyond this limit a file counts as
     * having none.
     */
    private static final int MAX_SEGMENTS = 64;

    private final boolean turned;
    private final int xToX;
    private final int xToY;
    private final int yToX;
    private final int yToY;

    /**
     * @param turned whether width and height are swapped; followed by the factors of the linear map, column by column
     */
    ExifOrientation(boolean turned, int xToX, int xToY, int yToX, int yToY) {
        this.turned = turned;
        this.xToX = xToX;
        this.xToY = xToY;
        this.yToX = yToX;
        this.yToY = yToY;
    }

    /** Returns whether the displayed image is as wide as the stored one is high. */
    boolean isTurned() {
        return turned;
    }

    /** Returns the map of stored coordinates to displayed ones, for a stored image of this size. */
    AffineTransform transform(int width, int height) {
        double shiftX = xToX + yToX < 0 ? (turned ? height : width) : 0;
        double shiftY = xToY + yToY < 0 ? (turned ? width : height) : 0;
        return new AffineTransform(xToX, xToY, yToX, yToY, shiftX, shiftY);
    }

    /**
     * Reads the orientation of an image: {@link #TOP_LEFT} when it is no JPEG or has no Exif block, or a broken one.
     * Reads the headers of at most {@value #MAX_SEGMENTS} segments and one Exif block, whatever lengths the file
     * claims, and leaves the stream at its start.
     *
     * @param in a seekable stream at its start
     * @throws IOException when the file cannot be read
     */
    static ExifOrientation read(ImageInputStream in) throws IOException {
        ByteOrder order = in.getByteOrder();
        try {
            in.setByteOrder(ByteOrder.BIG_ENDIAN);
            return find(in);
        } catch (EOFException _) {
            return TOP_LEFT;
        } finally {
            in.setByteOrder(order);
            in.seek(0);
        }
    }

    private static ExifOrientation find(ImageInputStream in) throws IOException {
        if (in.readUnsignedShort() != JPEG_START) {
            return TOP_LEFT;
        }
        for (int i = 0; i < MAX_SEGMENTS; i++) {
            int marker = in.readUnsignedShort();
            if (marker < 0xFF00 || marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                return TOP_LEFT;
            }
            long start = in.getStreamPosition();
            int length = in.readUnsignedShort();
            if (marker == APP1 && length >= 8 && readExifHeader(in) == EXIF) {
                return ofTiff(in, in.getStreamPosition(), start + length);
            }
            in.seek(start + Math.max(2, length));
        }
        return TOP_LEFT;
    }

    private static long readExifHeader(ImageInputStream in) throws IOException {
        return in.readUnsignedInt() << 16 | in.readUnsignedShort();
    }

    /** Searches the first directory of the TIFF structure between {@code start} and {@code end} for the tag. */
    private static ExifOrientation ofTiff(ImageInputStream in, long start, long end) throws IOException {
        switch (in.readUnsignedShort()) {
            case 0x4949 -> in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
            case 0x4D4D -> in.setByteOrder(ByteOrder.BIG_ENDIAN);
            default -> {
                return TOP_LEFT;
            }
        }
        if (in.readUnsignedShort() != TIFF_MAGIC) {
            return TOP_LEFT;
        }
        long directory = start + in.readUnsignedInt();
        if (directory + 2 > end) {
            return TOP_LEFT;
        }
        in.seek(directory);
        int entries = in.readUnsignedShort();
        for (int i = 0; i < entries && in.getStreamPosition() + ENTRY_LENGTH <= end; i++) {
            long next = in.getStreamPosition() + ENTRY_LENGTH;
            if (in.readUnsignedShort() == ORIENTATION_TAG) {
                return ofEntry(in);
            }
            in.seek(next);
        }
        return TOP_LEFT;
    }

    private static ExifOrientation ofEntry(ImageInputStream in) throws IOException {
        boolean oneShort = in.readUnsignedShort() == SHORT && in.readUnsignedInt() == 1;
        int value = in.readUnsignedShort();
        return oneShort && value >= 1 && value <= values().length ? values()[value - 1] : TOP_LEFT;
    }
}

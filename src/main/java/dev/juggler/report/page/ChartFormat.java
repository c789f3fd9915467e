package dev.juggler.report.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** The file formats of charts. */
public enum ChartFormat {
    SVG,
    PNG;

    /** The format for a file name, by its extension in upper or lower case; empty for any other extension. */
    public static Optional<ChartFormat> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> lower.endsWith("." + format.name().toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * Draws a chart and returns the content of the file. Needs fonts, but no screen.
     *
     * @param chart creates the chart; called once
     * @throws IOException if this machine cannot draw, for example because it has no fonts
     */
    public byte[] draw(Supplier<? extends Chart<?, ?>> chart) throws IOException {
        System.setProperty("java.awt.headless", "true");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            switch (this) {
                case SVG ->
                    VectorGraphicsEncoder.saveVectorGraphic(
                            chart.get(), out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
                case PNG -> BitmapEncoder.saveBitmap(chart.get(), out, BitmapEncoder.BitmapFormat.PNG);
            }
        } catch (LinkageError | InternalError e) {
            // Without the system's font library AWT fails with these errors at the first text.
            throw new IOException(
                    "Java cannot draw text here: " + e.getMessage() + "; install fontconfig and a font", e);
        }
        return out.toByteArray();
    }
}

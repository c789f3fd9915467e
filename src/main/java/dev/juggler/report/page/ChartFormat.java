package dev.juggler.report.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Supplier;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;

/** The forms in which a chart is drawn. */
public enum ChartFormat {
    SVG,
    PNG;

    /** That of a file with this name, by its extension; null when it has none of these. */
    public static ChartFormat of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".svg") ? SVG : lower.endsWith(".png") ? PNG : null;
    }

    /**
     * The content of the file. Needs no screen, but fonts.
     *
     * @param chart makes the chart; called once
     * @throws IOException when this machine cannot draw: it has no fonts, say
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
            // AWT without the system's font library fails so, at the first text.
            throw new IOException("Java cannot draw here (are fontconfig and a font installed?): " + e.getMessage(), e);
        }
        return out.toByteArray();
    }
}

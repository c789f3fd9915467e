package dev.juggler.tune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.report.page.ChartFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class TuningChartTest {
    private static final TuningResult TUNING = new TuningResult(
            Stream.of(1, 2, 4, 8, 16, 20, 24, 32, 64)
                    .map(n -> new TuningStep(
                            n, Math.min(n, 20) * 20, 0.02, Math.max(50, 2.5 * n), Math.max(60, 3 * n), 0))
                    .toList(),
            20,
            "more gains nothing");

    @Test
    void drawsAllCurvesAndTheChoice() throws Exception {
        byte[] png = TuningChart.of("fetch -m async", TUNING, ChartFormat.PNG);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
        assertNotNull(image, "no PNG");
        for (int color : List.of(0x2f7f97, 0xc46a1b, 0x8e3b6b, 0x2b2b2b)) {
            assertTrue(pixels(image, color) > 50, Integer.toHexString(color));
        }
    }

    @Test
    void containsNoScript() throws Exception {
        String svg = new String(TuningChart.of("a <script>", TUNING, ChartFormat.SVG), StandardCharsets.UTF_8);
        assertTrue(svg.contains("<svg") && svg.contains("47,127,151"), svg.substring(0, 200));
        assertFalse(svg.contains("<script"), "a chart contains a script");
    }

    @Test
    void drawsASingleConcurrency() throws Exception {
        TuningResult one = new TuningResult(TUNING.steps().subList(0, 1), 1, "the most is one");
        assertEquals('P', TuningChart.of("exec -m threads", one, ChartFormat.PNG)[1]);
    }

    private static long pixels(BufferedImage image, int color) {
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .filter(i -> (image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff) == color)
                .count();
    }
}

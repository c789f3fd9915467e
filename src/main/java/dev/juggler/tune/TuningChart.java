package dev.juggler.tune;

import dev.juggler.report.page.ChartFormat;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the result of tuning as a chart: throughput and latency over concurrency, with the choice marked. */
public final class TuningChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int RATES = 0;
    private static final int TIMES = 1;
    private static final int MARKER_SIZE = 11;
    private static final Color RATE = new Color(0x2f, 0x7f, 0x97);
    private static final Color CHOICE = new Color(0x2b, 0x2b, 0x2b);
    private static final Color MEDIAN = new Color(0xc4, 0x6a, 0x1b);
    private static final Color SLOW = new Color(0x8e, 0x3b, 0x6b);

    private TuningChart() {}

    /**
     * Draws the chart and returns the content of the file.
     *
     * @param title names the job and the model
     * @param tuning a result with a choice
     * @throws IOException if this machine cannot draw, for example because it has no fonts
     */
    public static byte[] of(String title, TuningResult tuning, ChartFormat format) throws IOException {
        return format.draw(() -> chart(title, tuning));
    }

    private static XYChart chart(String title, TuningResult tuning) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(ChartTheme.XChart)
                .title(title)
                .xAxisTitle("concurrency")
                .yAxisTitle("tasks per second")
                .build();
        style(chart);
        List<TuningStep> steps = tuning.steps();
        add(chart, "tasks per second", RATES, RATE, SeriesMarkers.CIRCLE, steps, TuningStep::tasksPerSecond);
        add(chart, "median latency (ms)", TIMES, MEDIAN, SeriesMarkers.SQUARE, steps, TuningStep::p50Ms)
                .setLineStyle(SeriesLines.DASH_DASH);
        add(chart, "95th percentile (ms)", TIMES, SLOW, SeriesMarkers.TRIANGLE_UP, steps, TuningStep::p95Ms)
                .setLineStyle(SeriesLines.DOT_DOT);
        mark(chart, steps, tuning.choice());
        return chart;
    }

    private static void style(XYChart chart) {
        XYStyler styler = chart.getStyler();
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(XYStyler.LegendLayout.Horizontal);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleBoxVisible(false);
        styler.setMarkerSize(MARKER_SIZE);
        styler.setLocale(Locale.ROOT);
        // Logarithmic, because the search doubles the concurrency.
        styler.setXAxisLogarithmic(true);
        styler.setYAxisGroupPosition(TIMES, YAxisPosition.Right);
        styler.setYAxisMin(RATES, 0.0);
        styler.setYAxisMin(TIMES, 0.0);
        chart.setYAxisGroupTitle(TIMES, "milliseconds");
    }

    private static void mark(XYChart chart, List<TuningStep> steps, int choice) {
        List<TuningStep> chosen =
                steps.stream().filter(step -> step.concurrency() == choice).toList();
        String name = "choice: " + choice;
        XYSeries series = add(chart, name, RATES, CHOICE, SeriesMarkers.DIAMOND, chosen, TuningStep::tasksPerSecond);
        series.setLineStyle(new BasicStroke(0));
    }

    private static XYSeries add(
            XYChart chart,
            String name,
            int axis,
            Color color,
            Marker marker,
            List<TuningStep> steps,
            ToDoubleFunction<TuningStep> value) {
        XYSeries series = chart.addSeries(
                name,
                steps.stream().map(TuningStep::concurrency).toList(),
                steps.stream().map(value::applyAsDouble).toList());
        series.setYAxisGroup(axis);
        series.setLineColor(color);
        series.setMarkerColor(color);
        series.setMarker(marker);
        return series;
    }
}

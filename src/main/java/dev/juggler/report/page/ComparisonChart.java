package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import dev.juggler.report.ModelSummary;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws comparisons as one chart: a bar for each model's median, and marks for the shortest and the longest run. */
public final class ComparisonChart {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int MAX_TITLE_LENGTH = 90;
    private static final Color BAR = new Color(0x2f, 0x7f, 0x97);
    private static final Color MARK = new Color(0x2b, 0x2b, 0x2b);

    private ComparisonChart() {}

    /**
     * Draws the chart and returns the content of the file.
     *
     * @throws IOException if this machine cannot draw, for example because it has no fonts
     */
    public static byte[] of(List<Comparison> comparisons, ChartFormat format) throws IOException {
        return format.draw(() -> chart(comparisons));
    }

    private static CategoryChart chart(List<Comparison> comparisons) {
        List<String> labels = new ArrayList<>();
        List<ModelSummary> rows = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            for (ModelSummary row : comparison.summaries()) {
                String label = row.identity().label();
                labels.add(
                        comparisons.size() > 1
                                ? label + " @" + comparison.machine().name()
                                : label);
                rows.add(row);
            }
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .theme(ChartTheme.XChart)
                .title(title(comparisons.getFirst().comparedJob().command()))
                .yAxisTitle("seconds")
                .build();
        style(chart);
        add(chart, "median", labels, rows, ModelSummary::medianSeconds).setFillColor(BAR);
        mark(chart, "min", labels, rows, row -> row.speed().seconds().min());
        mark(chart, "max", labels, rows, row -> row.speed().seconds().max());
        return chart;
    }

    private static String title(String command) {
        return command.length() <= MAX_TITLE_LENGTH ? command : command.substring(0, MAX_TITLE_LENGTH - 1) + "…";
    }

    private static void style(CategoryChart chart) {
        CategoryStyler styler = chart.getStyler();
        styler.setOverlapped(true);
        styler.setAvailableSpaceFill(0.6);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setChartTitleBoxVisible(false);
        styler.setYAxisMin(0.0);
        styler.setYAxisDecimalPattern("0.###");
    }

    private static void mark(
            CategoryChart chart,
            String name,
            List<String> labels,
            List<ModelSummary> rows,
            ToDoubleFunction<ModelSummary> value) {
        CategorySeries series = add(chart, name, labels, rows, value);
        series.setChartCategorySeriesRenderStyle(CategorySeriesRenderStyle.Scatter);
        series.setMarkerColor(MARK);
    }

    private static CategorySeries add(
            CategoryChart chart,
            String name,
            List<String> labels,
            List<ModelSummary> rows,
            ToDoubleFunction<ModelSummary> value) {
        return chart.addSeries(
                name, labels, rows.stream().map(value::applyAsDouble).toList());
    }
}

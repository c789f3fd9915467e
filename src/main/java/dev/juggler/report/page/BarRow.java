package dev.juggler.report.page;

import dev.juggler.report.FigureFormat;
import dev.juggler.report.ModelSummary;
import dev.juggler.report.SampleRange;
import java.util.List;

/**
 * A model's bar on the page: its length is the median, a thin line spans the range. Lengths are thousandths of the
 * field's width.
 *
 * @param label the model and its concurrency
 * @param seconds the median, as text
 * @param speedUp the speed-up over the baseline, as text
 * @param width the length of the bar
 * @param rangeStart the left end of the thin line
 * @param rangeWidth the length of the thin line
 * @param failed true if tasks failed, so that the time is not that of the whole job
 */
public record BarRow(
        String label,
        String seconds,
        String speedUp,
        String width,
        String rangeStart,
        String rangeWidth,
        boolean failed) {
    private static final double FIELD_WIDTH = 1000;
    private static final double MIN_WIDTH = 2;

    static List<BarRow> of(List<ModelSummary> rows, FigureFormat figures) {
        double longest = rows.stream()
                .mapToDouble(row -> row.speed().seconds().max())
                .max()
                .orElse(0);
        return rows.stream().map(row -> of(row, figures, longest)).toList();
    }

    private static BarRow of(ModelSummary row, FigureFormat figures, double longest) {
        double scale = longest > 0 ? FIELD_WIDTH / longest : 0;
        SampleRange seconds = row.speed().seconds();
        double rangeStart = seconds.min() * scale;
        return new BarRow(
                row.identity().label(),
                figures.seconds(seconds.median()),
                figures.speedUp(row),
                Svg.number(Math.max(MIN_WIDTH, seconds.median() * scale)),
                Svg.number(rangeStart),
                Svg.number(Math.max(MIN_WIDTH, seconds.max() * scale - rangeStart)),
                row.failed() > 0);
    }
}

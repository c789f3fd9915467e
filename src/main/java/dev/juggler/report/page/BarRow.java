package dev.juggler.report.page;

import dev.juggler.report.FigureFormat;
import dev.juggler.report.ModelSummary;
import java.util.List;

/**
 * A model's bar: its median, and a thin line from the least to the most. Lengths are thousandths of the room.
 *
 * @param label the model and how many at a time
 * @param seconds the median, as text
 * @param speedUp against the baseline, as text
 * @param width of the bar
 * @param least where the line begins
 * @param range how long it is
 * @param failed whether tasks failed, so that the time is not that of the whole job
 */
public record BarRow(
        String label, String seconds, String speedUp, String width, String least, String range, boolean failed) {
    private static final double ROOM = 1000;
    private static final double SHORTEST = 2;

    static List<BarRow> of(List<ModelSummary> rows, FigureFormat figures) {
        double longest =
                rows.stream().mapToDouble(row -> row.seconds().most()).max().orElse(0);
        return rows.stream().map(row -> of(row, figures, longest)).toList();
    }

    private static BarRow of(ModelSummary row, FigureFormat figures, double longest) {
        double scale = longest > 0 ? ROOM / longest : 0;
        double least = row.seconds().least() * scale;
        return new BarRow(
                row.label(),
                figures.seconds(row.seconds().median()),
                figures.speedUp(row),
                Svg.number(Math.max(SHORTEST, row.seconds().median() * scale)),
                Svg.number(least),
                Svg.number(Math.max(SHORTEST, row.seconds().most() * scale - least)),
                row.failed() > 0);
    }
}

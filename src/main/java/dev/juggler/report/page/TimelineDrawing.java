package dev.juggler.report.page;

import dev.juggler.report.FigureFormat;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.Timeline;
import dev.juggler.report.Timeline.Block;
import dev.juggler.report.Timeline.Lane;
import java.util.List;
import java.util.Locale;

/**
 * A timeline as paths over a field of {@value #WIDTH} by one for each lane: waiting is a thin light bar, computing a
 * thick dark one at the beginning of the task.
 *
 * @param label the model and how many at a time
 * @param jugglers who juggles
 * @param caption the same in words
 * @param lanes how many
 * @param height in pixels
 * @param waiting the path of tasks that wait
 * @param computing the path of tasks that compute
 * @param failed the path of tasks that did not succeed
 * @param begin the time at its left end
 * @param end the time at its right end
 * @param shown what is shown of the run; empty when all is
 * @param overview tasks in flight over the whole run; null when all of it is shown above
 * @param how computing was told from waiting
 * @param rows the lanes in words
 */
public record TimelineDrawing(
        String label,
        JugglerDrawing jugglers,
        String caption,
        int lanes,
        int height,
        String waiting,
        String computing,
        String failed,
        String begin,
        String end,
        String shown,
        Overview overview,
        String how,
        List<LaneRow> rows) {
    static final double WIDTH = 1000;

    /** A block is never thinner than this, or one could not see it. */
    private static final double THINNEST = 0.7;

    private static final double GAP = 0.5;
    private static final double TALLEST = 26;
    private static final double SHORTEST = 3;
    private static final double USUAL_HEIGHT = 210;

    /** Tasks in flight over the run, and where the window lies in it. */
    public record Overview(String path, String most, String from, String width) {}

    /** One lane in words. */
    public record LaneRow(String name, String tasks, String busy, String computing) {}

    static TimelineDrawing of(ModelRuns model) {
        Timeline timeline = model.timeline();
        Drawing drawing = new Drawing(timeline);
        drawing.draw();
        int lanes = timeline.lanes().size();
        return new TimelineDrawing(
                model.label(),
                JugglerDrawing.of(model),
                JugglerDrawing.caption(model),
                lanes,
                (int) Math.round(Math.clamp(USUAL_HEIGHT / Math.max(1, lanes), SHORTEST, TALLEST) * lanes),
                drawing.waiting.toString(),
                drawing.computing.toString(),
                drawing.failed.toString(),
                seconds(timeline.from()),
                seconds(timeline.to()),
                shown(timeline),
                timeline.isSampled() ? overview(timeline) : null,
                timeline.computing(),
                timeline.lanes().stream().map(lane -> row(lane, timeline)).toList());
    }

    private static final class Drawing {
        private final Timeline timeline;
        private final double scale;
        private final StringBuilder waiting = new StringBuilder();
        private final StringBuilder computing = new StringBuilder();
        private final StringBuilder failed = new StringBuilder();

        Drawing(Timeline timeline) {
            this.timeline = timeline;
            double length = timeline.to() - timeline.from();
            this.scale = length > 0 ? WIDTH / length : 0;
        }

        void draw() {
            int y = 0;
            for (Lane lane : timeline.lanes()) {
                for (Block block : lane.blocks()) {
                    draw(block, y);
                }
                y++;
            }
        }

        private void draw(Block block, int y) {
            double left = x(block.start());
            double right = x(block.start() + block.seconds());
            double width = Math.max(THINNEST, right - left - (right - left > 3 * GAP ? GAP : 0));
            Svg.rectangle(block.succeeded() ? waiting : failed, left, y + 0.3, width, 0.4);
            double busy = Math.min(width, x(block.start() + Math.max(0, block.cpuSeconds())) - left);
            if (busy > 0) {
                Svg.rectangle(computing, left, y + 0.08, busy, 0.84);
            }
        }

        private double x(double seconds) {
            return Math.clamp((seconds - timeline.from()) * scale, 0, WIDTH);
        }
    }

    private static String shown(Timeline timeline) {
        if (!timeline.isSampled()) {
            return "";
        }
        String lanes = timeline.lanes().size() < timeline.allLanes()
                ? String.format(
                        Locale.ROOT, "; %,d of %,d lanes", timeline.lanes().size(), timeline.allLanes())
                : "";
        String noted = timeline.recorded() < timeline.attempts()
                ? String.format(Locale.ROOT, "; noted were the first %,d", timeline.recorded())
                : "";
        return String.format(
                Locale.ROOT,
                "A sample: %,d of %,d tasks, from the middle of the run%s%s.",
                timeline.shown(),
                timeline.attempts(),
                lanes,
                noted);
    }

    private static Overview overview(Timeline timeline) {
        List<Double> parts = timeline.inFlight();
        double most = parts.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (most == 0 || timeline.seconds() == 0) {
            return null;
        }
        StringBuilder path = new StringBuilder("M0 1");
        double step = WIDTH / parts.size();
        for (int i = 0; i < parts.size(); i++) {
            path.append('L').append(Svg.number(i * step)).append(' ').append(Svg.number(1 - parts.get(i) / most));
            path.append('h').append(Svg.number(step));
        }
        double scale = WIDTH / timeline.seconds();
        return new Overview(
                path.append("V1z").toString(),
                FigureFormat.fixed(most, 0),
                Svg.number(timeline.from() * scale),
                Svg.number(Math.max(2, (timeline.to() - timeline.from()) * scale)));
    }

    private static LaneRow row(Lane lane, Timeline timeline) {
        double length = timeline.to() - timeline.from();
        double busy = 0;
        double cpu = 0;
        for (Block block : lane.blocks()) {
            double inside =
                    Math.min(timeline.to(), block.start() + block.seconds()) - Math.max(timeline.from(), block.start());
            busy += Math.max(0, inside);
            cpu += Math.max(0, Math.min(inside, block.cpuSeconds()));
        }
        return new LaneRow(
                lane.name(),
                Integer.toString(lane.blocks().size()),
                percent(busy, length),
                unknown(lane) ? "unknown" : percent(cpu, length));
    }

    private static boolean unknown(Lane lane) {
        return lane.blocks().stream().anyMatch(block -> block.cpuSeconds() < 0);
    }

    private static String percent(double part, double whole) {
        return whole > 0 ? Math.round(Math.min(1, part / whole) * 100) + " %" : "-";
    }

    private static String seconds(double seconds) {
        return FigureFormat.fixed(seconds, seconds == 0 ? 0 : 3) + " s";
    }
}

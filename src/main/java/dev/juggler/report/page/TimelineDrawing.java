package dev.juggler.report.page;

import dev.juggler.report.FigureFormat;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.Timeline;
import dev.juggler.report.Timeline.Block;
import dev.juggler.report.Timeline.Lane;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A timeline as SVG paths on a field {@value #WIDTH} wide with a height of one for each lane. Waiting is a thin light
 * bar, computing a thick dark one at the beginning of the task.
 *
 * @param label the model and its concurrency
 * @param jugglers the model as a drawing
 * @param caption the drawing in words
 * @param chart the paths
 * @param sample which part of the run is shown, in words; empty if all of it is
 * @param overview tasks in flight over the whole run; null if all of it is shown
 * @param table the lanes in numbers
 */
public record TimelineDrawing(
        String label,
        JugglerDrawing jugglers,
        String caption,
        Chart chart,
        String sample,
        @Nullable Overview overview,
        Table table) {
    static final double WIDTH = 1000;

    /** Blocks are drawn at least this wide, or they would be invisible. */
    private static final double MIN_BLOCK_WIDTH = 0.7;

    private static final double GAP = 0.5;
    private static final double MAX_LANE_HEIGHT = 26;
    private static final double MIN_LANE_HEIGHT = 3;
    private static final double USUAL_HEIGHT = 210;

    /**
     * The paths of a timeline.
     *
     * @param lanes the number of lanes
     * @param height in pixels
     * @param waiting the path of waiting tasks
     * @param computing the path of computing tasks
     * @param failed the path of unsuccessful tasks
     * @param begin the time at the left end
     * @param end the time at the right end
     */
    public record Chart(
            int lanes, int height, String waiting, String computing, String failed, String begin, String end) {}

    /**
     * The number of tasks in flight over the whole run.
     *
     * @param path the curve
     * @param max its maximum
     * @param from the left end of the window that the timeline shows
     * @param width the width of that window
     */
    public record Overview(String path, String max, String from, String width) {}

    /**
     * The lanes in numbers.
     *
     * @param method how computing was told from waiting
     * @param rows a row for each lane
     */
    public record Table(String method, List<LaneRow> rows) {}

    /** The figures of one lane. */
    public record LaneRow(String name, String tasks, String busy, String computing) {}

    static TimelineDrawing of(ModelRuns model, Timeline timeline) {
        return new TimelineDrawing(
                model.label(),
                JugglerDrawing.of(model),
                JugglerDrawing.caption(model),
                chart(timeline),
                sample(timeline),
                timeline.isSampled() ? overview(timeline) : null,
                new Table(
                        timeline.computing(),
                        timeline.lanes().stream()
                                .map(lane -> row(lane, timeline.window()))
                                .toList()));
    }

    private static Chart chart(Timeline timeline) {
        Drawing drawing = new Drawing(timeline);
        drawing.draw();
        int lanes = timeline.lanes().size();
        double laneHeight = Math.clamp(USUAL_HEIGHT / Math.max(1, lanes), MIN_LANE_HEIGHT, MAX_LANE_HEIGHT);
        return new Chart(
                lanes,
                (int) Math.round(laneHeight * lanes),
                drawing.waiting.toString(),
                drawing.computing.toString(),
                drawing.failed.toString(),
                seconds(timeline.window().from()),
                seconds(timeline.window().to()));
    }

    /** Draws the blocks of a timeline into one path for each kind. */
    private static final class Drawing {
        private final Timeline timeline;
        private final double scale;
        private final StringBuilder waiting = new StringBuilder();
        private final StringBuilder computing = new StringBuilder();
        private final StringBuilder failed = new StringBuilder();

        Drawing(Timeline timeline) {
            this.timeline = timeline;
            double length = timeline.window().seconds();
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
            double width = Math.max(MIN_BLOCK_WIDTH, right - left - (right - left > 3 * GAP ? GAP : 0));
            Svg.rectangle(block.succeeded() ? waiting : failed, left, y + 0.3, width, 0.4);
            double busy = Math.min(width, x(block.start() + Math.max(0, block.cpuSeconds())) - left);
            if (busy > 0) {
                Svg.rectangle(computing, left, y + 0.08, busy, 0.84);
            }
        }

        private double x(double seconds) {
            return Math.clamp((seconds - timeline.window().from()) * scale, 0, WIDTH);
        }
    }

    private static String sample(Timeline timeline) {
        if (!timeline.isSampled()) {
            return "";
        }
        String lanes = timeline.lanes().size() < timeline.allLanes()
                ? String.format(
                        Locale.ROOT, "; %,d of %,d lanes", timeline.lanes().size(), timeline.allLanes())
                : "";
        Timeline.Extent extent = timeline.extent();
        String recorded = extent.recorded() < extent.attempts()
                ? String.format(Locale.ROOT, "; only the first %,d were recorded", extent.recorded())
                : "";
        return String.format(
                Locale.ROOT,
                "A sample: %,d of %,d tasks, from the middle of the run%s%s.",
                timeline.shown(),
                extent.attempts(),
                lanes,
                recorded);
    }

    private static @Nullable Overview overview(Timeline timeline) {
        List<Double> parts = timeline.inFlight();
        double max = parts.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (max == 0 || timeline.extent().seconds() == 0) {
            return null;
        }
        StringBuilder path = new StringBuilder("M0 1");
        double step = WIDTH / parts.size();
        for (int i = 0; i < parts.size(); i++) {
            path.append('L').append(Svg.number(i * step)).append(' ').append(Svg.number(1 - parts.get(i) / max));
            path.append('h').append(Svg.number(step));
        }
        double scale = WIDTH / timeline.extent().seconds();
        Timeline.Window window = timeline.window();
        return new Overview(
                path.append("V1z").toString(),
                FigureFormat.fixed(max, 0),
                Svg.number(window.from() * scale),
                Svg.number(Math.max(2, window.seconds() * scale)));
    }

    private static LaneRow row(Lane lane, Timeline.Window window) {
        double length = window.seconds();
        double busy = 0;
        double cpu = 0;
        for (Block block : lane.blocks()) {
            double inside =
                    Math.min(window.to(), block.start() + block.seconds()) - Math.max(window.from(), block.start());
            busy += Math.max(0, inside);
            cpu += Math.max(0, Math.min(inside, block.cpuSeconds()));
        }
        return new LaneRow(
                lane.name(),
                Integer.toString(lane.blocks().size()),
                percent(busy, length),
                isUnknown(lane) ? "unknown" : percent(cpu, length));
    }

    private static boolean isUnknown(Lane lane) {
        return lane.blocks().stream().anyMatch(block -> block.cpuSeconds() < 0);
    }

    private static String percent(double part, double whole) {
        return whole > 0 ? Math.round(Math.min(1, part / whole) * 100) + " %" : "-";
    }

    private static String seconds(double seconds) {
        return FigureFormat.fixed(seconds, seconds == 0 ? 0 : 3) + " s";
    }
}

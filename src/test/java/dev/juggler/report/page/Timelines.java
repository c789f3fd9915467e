package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import dev.juggler.report.Comparisons;
import dev.juggler.report.ModelRuns;
import dev.juggler.report.Timeline;
import dev.juggler.report.Timeline.Block;
import dev.juggler.report.Timeline.Lane;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Builds comparisons with timelines for tests of pages. */
public final class Timelines {
    private static final int MAX_BLOCKS = 1_500;

    private Timelines() {}

    /** A comparison of four models, each with its own kind of drawing, that run this many tasks. */
    public static Comparison comparison(int tasks) {
        return Comparisons.of(
                model("sequential", 1, tasks),
                model("threads", 3, tasks),
                model("virtual", 200, tasks),
                model("async", 64, tasks));
    }

    private static ModelRuns model(String name, int lanes, int tasks) {
        ModelRuns bare = Comparisons.model(name, lanes, 9.0 / lanes, 9.1 / lanes, 9.3 / lanes, 8.8 / lanes);
        return new ModelRuns(name, bare.python(), bare.workers(), bare.inFlight(), bare.runs(), timeline(lanes, tasks));
    }

    private static Timeline timeline(int lanes, int tasks) {
        int shownLanes = Math.min(lanes, 128);
        int each = Math.max(1, Math.min(tasks, MAX_BLOCKS) / shownLanes);
        List<Lane> all = IntStream.range(0, shownLanes)
                .mapToObj(lane -> new Lane(
                        "lane-" + lane,
                        IntStream.range(0, each)
                                .mapToObj(i -> new Block(i * 0.1 + lane * 0.001, 0.098, 0.02, i % 7 != 6))
                                .toList()))
                .toList();
        return new Timeline(
                new Timeline.Extent(tasks, tasks, tasks * 0.1 / lanes),
                new Timeline.Window(0, each * 0.1),
                all,
                lanes,
                Collections.nCopies(120, lanes * 0.9),
                "Computing is the CPU time of the task's thread.");
    }

    /** A copy of a timeline with this name for every lane and for the method of measurement. */
    static Timeline renamed(String name, Timeline timeline) {
        return new Timeline(
                timeline.extent(),
                timeline.window(),
                timeline.lanes().stream()
                        .map(lane -> new Lane(name, lane.blocks()))
                        .toList(),
                timeline.allLanes(),
                timeline.inFlight(),
                name);
    }
}

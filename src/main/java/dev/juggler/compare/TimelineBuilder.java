package dev.juggler.compare;

import dev.juggler.compare.TimelineRecorder.AttemptInterval;
import dev.juggler.report.Timeline;
import dev.juggler.report.Timeline.Block;
import dev.juggler.report.Timeline.Lane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Builds a timeline from recorded attempts: all of them, or a window in the middle if there are too many to see. */
final class TimelineBuilder {
    /** The maximum number of blocks that begin in the window; blocks from before it may reach into it. */
    static final int MAX_BLOCKS = 1_500;

    static final int MAX_LANES = 128;

    /** With at most this many lanes, idle ones are shown too. */
    private static final int MAX_LANES_WITH_IDLE = 32;

    /** The number of parts for which the tasks in flight are averaged. */
    private static final int PARTS = 120;

    private final List<AttemptInterval> attempts;
    private final int[] lanes;
    private final List<String> names;
    private final ComputeTimeMeter meter;
    private final double origin;
    private final double end;
    private double recordedShare;

    /**
     * A builder for recorded attempts.
     *
     * @param attempts sorted by their start
     * @param lanes the lane of each attempt
     * @param names the name of each lane
     */
    TimelineBuilder(List<AttemptInterval> attempts, int[] lanes, List<String> names, ComputeTimeMeter meter) {
        this.attempts = attempts;
        this.lanes = lanes;
        this.names = names;
        this.meter = meter;
        this.origin = attempts.isEmpty() ? 0 : attempts.getFirst().start();
        this.end = attempts.stream().mapToDouble(AttemptInterval::end).max().orElse(0);
    }

    /**
     * Builds the timeline.
     *
     * @param count the number of attempts in the run, including those not recorded
     */
    Timeline build(long count) {
        int size = attempts.size();
        recordedShare = count == 0 ? 0 : (double) size / count;
        boolean whole = size <= MAX_BLOCKS;
        int first = whole ? 0 : (size - MAX_BLOCKS) / 2;
        double from = whole ? origin : attempts.get(first).start();
        double to = whole ? end : attempts.get(first + MAX_BLOCKS).start();
        return new Timeline(
                new Timeline.Extent(count, size, seconds(end)),
                new Timeline.Window(seconds(from), seconds(to)),
                lanes(from, to),
                names.size(),
                inFlight(),
                meter.description());
    }

    /** The seconds from the first attempt's start to a time in microseconds since 1970. */
    private double seconds(double micros) {
        return Math.round(micros - origin) / 1e6;
    }

    private List<Lane> lanes(double from, double to) {
        double microsPerAttempt = microsPerAttempt();
        double computingShare = computingShare();
        int[] order = visibleLanes(from, to);
        List<List<Block>> blocks = new ArrayList<>();
        Arrays.stream(order).forEach(any -> blocks.add(new ArrayList<>()));
        int[] row = new int[names.size()];
        Arrays.fill(row, -1);
        IntStream.range(0, order.length).forEach(i -> row[order[i]] = i);
        for (int i = 0; i < lanes.length; i++) {
            AttemptInterval attempt = attempts.get(i);
            if (row[lanes[i]] >= 0 && isVisible(attempt, from, to)) {
                blocks.get(row[lanes[i]]).add(block(attempt, microsPerAttempt, computingShare));
            }
        }
        return IntStream.range(0, order.length)
                .mapToObj(i -> new Lane(names.get(order[i]), blocks.get(i)))
                .toList();
    }

    /**
     * The lanes to show, sorted by the numbers in their names; if there are many, only those with a task in the window.
     */
    private int[] visibleLanes(double from, double to) {
        BitSet used = new BitSet();
        if (names.size() <= MAX_LANES_WITH_IDLE) {
            used.set(0, names.size());
        }
        for (int i = 0; i < lanes.length; i++) {
            if (isVisible(attempts.get(i), from, to)) {
                used.set(lanes[i]);
            }
        }
        return used.stream()
                .boxed()
                .sorted(Comparator.comparingInt(lane -> number(names.get(lane))))
                .limit(MAX_LANES)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static boolean isVisible(AttemptInterval attempt, double from, double to) {
        return attempt.end() >= from && attempt.start() <= to;
    }

    private static int number(String name) {
        String digits = name.replaceAll("^.*\\D", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    private Block block(AttemptInterval attempt, double microsPerAttempt, double computingShare) {
        double cpuMicros = meter.taskNanos(attempt.task()) / 1e3 + microsPerAttempt + computingShare * attempt.micros();
        return new Block(
                seconds(attempt.start()),
                attempt.micros() / 1e6,
                meter.isKnown() ? Math.min(cpuMicros, attempt.micros()) / 1e6 : -1,
                attempt.succeeded());
    }

    /** The CPU time in microseconds that every attempt gets if undistributed time is distributed evenly; else 0. */
    private double microsPerAttempt() {
        return meter.isDistributedEvenly() && !attempts.isEmpty()
                ? recordedShare * meter.undistributedNanos() / 1e3 / attempts.size()
                : 0;
    }

    /** The share of undistributed CPU time in all durations if it is distributed in proportion to them; else 0. */
    private double computingShare() {
        double all = attempts.stream().mapToDouble(AttemptInterval::micros).sum();
        return meter.isDistributedEvenly() || all == 0 ? 0 : recordedShare * meter.undistributedNanos() / 1e3 / all;
    }

    /** The mean number of attempts in flight in each part of the recorded time; empty if no time passed. */
    private List<Double> inFlight() {
        double width = (end - origin) / PARTS;
        if (!(width > 0)) {
            return List.of();
        }
        double[] parts = new double[PARTS];
        for (AttemptInterval attempt : attempts) {
            int first = part(attempt.start(), width);
            int last = part(attempt.end(), width);
            for (int i = first; i <= last; i++) {
                double begin = Math.max(attempt.start(), origin + i * width);
                double stop = Math.min(attempt.end(), origin + (i + 1) * width);
                parts[i] += Math.max(0, stop - begin) / width;
            }
        }
        return Arrays.stream(parts)
                .mapToObj(mean -> Math.round(mean * 100) / 100.0)
                .toList();
    }

    private int part(double micros, double width) {
        return Math.clamp((int) ((micros - origin) / width), 0, PARTS - 1);
    }
}

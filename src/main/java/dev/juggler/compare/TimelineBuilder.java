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

/** Makes a timeline of the attempts that were noted, as much of them as can be seen. */
final class TimelineBuilder {
    /** So many blocks are shown at most, but for those that reach into the window from before it. */
    static final int MOST_BLOCKS = 1_500;

    static final int MOST_LANES = 128;
    /** Up to so many lanes, those without a task in the window are shown too: that they idle tells something. */
    private static final int MOST_IDLE_LANES = 32;

    private static final int PARTS = 120;

    private final List<AttemptInterval> attempts;
    private final int[] lanes;
    private final List<String> names;
    private final ComputeTimeMeter computing;
    private final double origin;
    private final double end;
    private double recorded;

    /**
     * Of these attempts, sorted by their start.
     *
     * @param lanes the lane of each
     * @param names those of the lanes
     */
    TimelineBuilder(List<AttemptInterval> attempts, int[] lanes, List<String> names, ComputeTimeMeter computing) {
        this.attempts = attempts;
        this.lanes = lanes;
        this.names = names;
        this.computing = computing;
        this.origin = attempts.isEmpty() ? 0 : attempts.getFirst().start();
        this.end = attempts.stream().mapToDouble(AttemptInterval::end).max().orElse(0);
    }

    /** The timeline of a run with so many attempts in all. */
    Timeline make(long count) {
        int size = attempts.size();
        recorded = count == 0 ? 0 : (double) size / count;
        boolean whole = size <= MOST_BLOCKS;
        int first = whole ? 0 : (size - MOST_BLOCKS) / 2;
        double from = whole ? origin : attempts.get(first).start();
        double to = whole ? end : attempts.get(first + MOST_BLOCKS).start();
        return new Timeline(
                count,
                size,
                seconds(end),
                seconds(from),
                seconds(to),
                lanes(from, to),
                names.size(),
                inFlight(),
                computing.text());
    }

    private double seconds(double micros) {
        return Math.round(micros - origin) / 1e6;
    }

    private List<Lane> lanes(double from, double to) {
        double share = shareOfEach();
        double rate = rateOfAll();
        int[] order = order(from, to);
        List<List<Block>> blocks = new ArrayList<>();
        Arrays.stream(order).forEach(any -> blocks.add(new ArrayList<>()));
        int[] row = new int[names.size()];
        Arrays.fill(row, -1);
        IntStream.range(0, order.length).forEach(i -> row[order[i]] = i);
        for (int i = 0; i < lanes.length; i++) {
            AttemptInterval attempt = attempts.get(i);
            if (row[lanes[i]] >= 0 && isSeen(attempt, from, to)) {
                blocks.get(row[lanes[i]]).add(block(attempt, share, rate));
            }
        }
        return IntStream.range(0, order.length)
                .mapToObj(i -> new Lane(names.get(order[i]), blocks.get(i)))
                .toList();
    }

    /** The lanes that are shown, by the numbers in their names; of very many, those with a task in the window. */
    private int[] order(double from, double to) {
        BitSet used = new BitSet();
        if (names.size() <= MOST_IDLE_LANES) {
            used.set(0, names.size());
        }
        for (int i = 0; i < lanes.length; i++) {
            if (isSeen(attempts.get(i), from, to)) {
                used.set(lanes[i]);
            }
        }
        return used.stream()
                .boxed()
                .sorted(Comparator.comparingInt(lane -> number(names.get(lane))))
                .limit(MOST_LANES)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static boolean isSeen(AttemptInterval attempt, double from, double to) {
        return attempt.end() >= from && attempt.start() <= to;
    }

    private static int number(String name) {
        String digits = name.replaceAll("^.*\\D", "");
        return digits.isEmpty() || digits.length() > 9 ? 0 : Integer.parseInt(digits);
    }

    private Block block(AttemptInterval attempt, double share, double rate) {
        double cpu = computing.of(attempt.task()) / 1e3 + share + rate * attempt.micros();
        return new Block(
                seconds(attempt.start()),
                attempt.micros() / 1e6,
                computing.isKnown() ? Math.min(cpu, attempt.micros()) / 1e6 : -1,
                attempt.succeeded());
    }

    /** Microseconds of the loop for each attempt, where a loop had other things to do for them. */
    private double shareOfEach() {
        return computing.sharesEvenly() && !attempts.isEmpty()
                ? recorded * computing.toShareOut() / 1e3 / attempts.size()
                : 0;
    }

    /** The share of computing in the time of all attempts, where only that is known. */
    private double rateOfAll() {
        double all = attempts.stream().mapToDouble(AttemptInterval::micros).sum();
        return computing.sharesEvenly() || all == 0 ? 0 : recorded * computing.toShareOut() / 1e3 / all;
    }

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

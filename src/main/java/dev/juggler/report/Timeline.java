package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;

/**
 * The attempts of one run over time, in lanes. A lane is a worker or, under the async model, a slot for a task in
 * flight. For a run with very many tasks the lanes show a window in the middle, with every task in it. In JSON,
 * {@code extent} and {@code window} add their fields to this record's.
 *
 * @param extent the recorded part of the run
 * @param window the part of the run that the lanes show
 * @param lanes the lanes shown
 * @param allLanes the number of lanes in the run
 * @param inFlight mean number of tasks in flight in equal parts of the recorded time; empty when unknown
 * @param computing how computing was told from waiting, in words
 */
public record Timeline(
        @JsonUnwrapped Extent extent,
        @JsonUnwrapped Window window,
        List<Lane> lanes,
        int allLanes,
        List<Double> inFlight,
        String computing) {
    public Timeline {
        Objects.requireNonNull(extent, "extent");
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(computing, "computing");
        lanes = List.copyOf(lanes);
        inFlight = List.copyOf(inFlight);
    }

    /**
     * The recorded part of a run.
     *
     * @param attempts attempts of all tasks of the run
     * @param recorded how many of them, counted from the first, were recorded
     * @param seconds time from the first attempt's start to the end of the last one recorded
     */
    public record Extent(long attempts, int recorded, double seconds) {}

    /**
     * A section of a run, in seconds after the start of its first attempt.
     *
     * @param from its beginning
     * @param to its end
     */
    public record Window(double from, double to) {
        /** The length in seconds. */
        public double seconds() {
            return to - from;
        }
    }

    /** The number of attempts shown. */
    public int shown() {
        return lanes.stream().mapToInt(lane -> lane.blocks().size()).sum();
    }

    /** Returns true if some attempts of the run are not shown. */
    public boolean isSampled() {
        return shown() < extent.attempts;
    }

    /** A worker, or a slot for a task in flight. */
    public record Lane(String name, List<Block> blocks) {
        public Lane {
            Objects.requireNonNull(name, "name");
            blocks = List.copyOf(blocks);
        }
    }

    /**
     * One attempt of a task.
     *
     * @param start seconds after the start of the run's first attempt
     * @param seconds its duration
     * @param cpuSeconds the part of the duration spent computing; negative when unknown
     * @param succeeded true if the attempt succeeded
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Block(double start, double seconds, double cpuSeconds, boolean succeeded) {}
}

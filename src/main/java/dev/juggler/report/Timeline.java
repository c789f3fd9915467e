package dev.juggler.report;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Objects;

/**
 * What happened in one run, as lanes of tasks: a lane is a worker or, under the async model, a place among the tasks in
 * flight. Of a run with very many tasks it holds a window out of the middle, in which every task is there.
 *
 * @param attempts of all tasks of the run
 * @param recorded how many of them, from the first on, were noted at all
 * @param seconds from the first attempt's start to the end of the last one noted
 * @param from where the window begins, in seconds after the first attempt's start
 * @param to where it ends
 * @param lanes those that are shown
 * @param allLanes how many there were
 * @param inFlight over these seconds, for equal parts of its time, the mean number of tasks in flight; empty when
 *     unknown
 * @param computing how computing was told from waiting, for a person
 */
public record Timeline(
        long attempts,
        int recorded,
        double seconds,
        double from,
        double to,
        List<Lane> lanes,
        int allLanes,
        List<Double> inFlight,
        String computing) {

    public Timeline {
        Objects.requireNonNull(computing, "computing");
        lanes = List.copyOf(lanes);
        inFlight = List.copyOf(inFlight);
    }

    /** How many attempts are shown. */
    public int shown() {
        return lanes.stream().mapToInt(lane -> lane.blocks().size()).sum();
    }

    /** Whether something of the run is not shown. */
    public boolean isSampled() {
        return shown() < attempts;
    }

    /** A worker, or a place for a task in flight. */
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
     * @param seconds how long it took
     * @param cpuSeconds how much of that was computing; below 0 when unknown
     * @param succeeded whether it did
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Block(double start, double seconds, double cpuSeconds, boolean succeeded) {}
}

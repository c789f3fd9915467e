package dev.juggler.compare;

import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** Assigns overlapping attempts on an event loop to different lanes, each to the lowest one that is free. */
final class LaneAllocator {
    /** Tolerance for rounding: an attempt may seem to begin this long before its predecessor's end. */
    private static final double ROUNDING_MICROS = 2;

    private LaneAllocator() {}

    private record OccupiedLane(double until, int lane) {}

    /** The lane of each attempt; the attempts must be sorted by their start. */
    static int[] allocate(List<TimelineRecorder.AttemptInterval> attempts) {
        int[] lanes = new int[attempts.size()];
        PriorityQueue<OccupiedLane> occupied =
                new PriorityQueue<>((one, other) -> Double.compare(one.until, other.until));
        TreeSet<Integer> free = new TreeSet<>();
        int count = 0;
        for (int i = 0; i < lanes.length; i++) {
            TimelineRecorder.AttemptInterval attempt = attempts.get(i);
            while (!occupied.isEmpty() && occupied.peek().until <= attempt.start() + ROUNDING_MICROS) {
                free.add(occupied.poll().lane);
            }
            lanes[i] = free.isEmpty() ? count++ : free.pollFirst();
            occupied.add(new OccupiedLane(attempt.end(), lanes[i]));
        }
        return lanes;
    }
}

package dev.juggler.compare;

import java.util.List;
import java.util.PriorityQueue;
import java.util.TreeSet;

/** Finds each attempt on an event loop a place in which nothing else is in flight meanwhile: the lowest that is free. */
final class LaneAllocator {
    /** Times are rounded to microseconds, so an attempt may seem to begin before its predecessor's end. */
    private static final double ROUNDING_MICROS = 2;

    private LaneAllocator() {}

    private record OccupiedLane(double until, int slot) {}

    /** The places of attempts that are sorted by their start. */
    static int[] of(List<TimelineRecorder.AttemptInterval> attempts) {
        int[] slots = new int[attempts.size()];
        PriorityQueue<OccupiedLane> taken = new PriorityQueue<>((one, other) -> Double.compare(one.until, other.until));
        TreeSet<Integer> free = new TreeSet<>();
        int many = 0;
        for (int i = 0; i < slots.length; i++) {
            TimelineRecorder.AttemptInterval attempt = attempts.get(i);
            while (!taken.isEmpty() && taken.peek().until <= attempt.start() + ROUNDING_MICROS) {
                free.add(taken.poll().slot);
            }
            slots[i] = free.isEmpty() ? many++ : free.pollFirst();
            taken.add(new OccupiedLane(attempt.end(), slots[i]));
        }
        return slots;
    }
}

package dev.juggler.coordinator;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** A server of limited capacity, and a client that always has as many tasks in flight as its limit allows. */
final class SimulatedServer {
    private static final double REJECTION_MILLIS = 1;

    private final int capacity;
    private final boolean rejects;
    private final ToDoubleFunction<Random> serviceMillis;
    private final Random random = new Random(7);
    private final PriorityQueue<Double> busyUntil = new PriorityQueue<>();
    private final PriorityQueue<SentTask> inFlight = new PriorityQueue<>();

    double now;
    long done;
    long failed;
    /** The share of tasks that fail independently of load. */
    double failureRate;

    private record SentTask(double at, double until, boolean fails) implements Comparable<SentTask> {
        @Override
        public int compareTo(SentTask other) {
            return Double.compare(until, other.until);
        }
    }

    SimulatedServer(int capacity, boolean rejects, ToDoubleFunction<Random> serviceMillis) {
        this.capacity = capacity;
        this.rejects = rejects;
        this.serviceMillis = serviceMillis;
    }

    /** Runs a client for some simulated time; returns the mean limit over the second half of that time. */
    double meanLimit(AdaptiveLimit limit, double seconds) {
        double end = now + seconds * 1e3;
        double half = now + seconds * 500;
        double sum = 0;
        while (now < end) {
            while (inFlight.size() < limit.current()) {
                inFlight.add(send());
            }
            double before = now;
            int count = inFlight.size();
            SentTask ended = inFlight.remove();
            now = ended.until;
            sum += before > half ? (now - before) * limit.settled() : 0;
            done += ended.fails ? 0 : 1;
            failed += ended.fails ? 1 : 0;
            limit.onReply(nanos(ended.at), nanos(now), count, 1, ended.fails ? 1 : 0);
        }
        return sum / (seconds * 500);
    }

    private SentTask send() {
        busyUntil.removeIf(until -> until <= now);
        if (rejects && busyUntil.size() >= capacity) {
            return new SentTask(now, now + REJECTION_MILLIS, true);
        }
        double free = busyUntil.size() < capacity ? now : startAfter();
        double until = free + serviceMillis.applyAsDouble(random);
        busyUntil.add(until);
        return new SentTask(now, until, random.nextDouble() < failureRate);
    }

    /** The time at which the server has capacity for one more task. */
    private double startAfter() {
        double[] ends =
                busyUntil.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return ends[ends.length - capacity];
    }

    static long nanos(double millis) {
        return (long) (millis * 1e6);
    }
}

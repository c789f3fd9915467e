package dev.juggler.coordinator;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** A server that does at most so many tasks at a time, and a client that always has as many in flight as its limit says. */
final class SimulatedServer {
    private static final double REFUSAL_MILLIS = 1;

    private final int places;
    private final boolean refuses;
    private final ToDoubleFunction<Random> serviceMillis;
    private final Random random = new Random(7);
    private final PriorityQueue<Double> busyUntil = new PriorityQueue<>();
    private final PriorityQueue<Sent> inFlight = new PriorityQueue<>();

    double now;
    long done;
    long failed;
    /** The share of tasks that fails whatever the load. */
    double broken;

    private record Sent(double at, double until, boolean fails) implements Comparable<Sent> {
        @Override
        public int compareTo(Sent other) {
            return Double.compare(until, other.until);
        }
    }

    SimulatedServer(int places, boolean refuses, ToDoubleFunction<Random> serviceMillis) {
        this.places = places;
        this.refuses = refuses;
        this.serviceMillis = serviceMillis;
    }

    /** Runs a client against it for some simulated time and gives the mean limit over the second half of that. */
    double meanLimit(AdaptiveLimit limit, double seconds) {
        double end = now + seconds * 1e3;
        double half = now + seconds * 500;
        double sum = 0;
        while (now < end) {
            while (inFlight.size() < limit.current()) {
                inFlight.add(send());
            }
            double before = now;
            int many = inFlight.size();
            Sent ended = inFlight.remove();
            now = ended.until;
            sum += before > half ? (now - before) * limit.settled() : 0;
            done += ended.fails ? 0 : 1;
            failed += ended.fails ? 1 : 0;
            limit.ended(nanos(ended.at), nanos(now), many, 1, ended.fails ? 1 : 0);
        }
        return sum / (seconds * 500);
    }

    private Sent send() {
        busyUntil.removeIf(until -> until <= now);
        if (refuses && busyUntil.size() >= places) {
            return new Sent(now, now + REFUSAL_MILLIS, true);
        }
        double free = busyUntil.size() < places ? now : startAfter();
        double until = free + serviceMillis.applyAsDouble(random);
        busyUntil.add(until);
        return new Sent(now, until, random.nextDouble() < broken);
    }

    /** When a place will be free for one more. */
    private double startAfter() {
        double[] ends =
                busyUntil.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return ends[ends.length - places];
    }

    static long nanos(double millis) {
        return (long) (millis * 1e6);
    }
}

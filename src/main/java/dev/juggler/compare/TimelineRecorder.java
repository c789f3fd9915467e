package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.job.Outcome;
import dev.juggler.report.Timeline;
import dev.juggler.work.WorkProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records the first {@value #MAX_ATTEMPTS} attempts of one run. Confined to the thread that receives outcomes. */
final class TimelineRecorder {
    /** The attempts take some megabytes. */
    static final int MAX_ATTEMPTS = 1 << 17;

    private final Job job;
    private final ComputeTimeMeter meter;
    private final Map<String, Integer> workers = new HashMap<>();
    private final List<AttemptInterval> attempts = new ArrayList<>();
    private long count;

    /**
     * The time span of one attempt.
     *
     * @param task the index of its task
     * @param start microseconds since 1970
     * @param micros its duration in microseconds
     * @param lane the number of its worker
     */
    record AttemptInterval(long task, long start, double micros, int lane, boolean succeeded) {
        double end() {
            return start + micros;
        }
    }

    TimelineRecorder(Job job) {
        this.job = job;
        this.meter = new ComputeTimeMeter(job.model(), MAX_ATTEMPTS);
    }

    /** Decorates the work to measure the CPU time of its tasks. */
    WorkProvider instrument(WorkProvider work) {
        return new InstrumentedWork(work, meter);
    }

    void add(Outcome outcome) {
        count++;
        if (attempts.size() < MAX_ATTEMPTS && !outcome.worker().isEmpty()) {
            int lane = workers.computeIfAbsent(outcome.worker(), any -> workers.size());
            attempts.add(new AttemptInterval(
                    outcome.task().index(),
                    outcome.startedMicros(),
                    outcome.runNanos() / 1e3,
                    lane,
                    outcome.succeeded()));
        }
    }

    /** The timeline of the run, once it is over. */
    Timeline timeline() {
        attempts.sort(Comparator.comparingLong(AttemptInterval::start));
        boolean slots = job.model() == ConcurrencyModel.ASYNC;
        int[] lanes = slots
                ? LaneAllocator.allocate(attempts)
                : attempts.stream().mapToInt(AttemptInterval::lane).toArray();
        return new TimelineBuilder(attempts, lanes, names(lanes, slots), meter).build(count);
    }

    private List<String> names(int[] lanes, boolean slots) {
        int count = Arrays.stream(lanes).max().orElse(-1) + 1;
        String[] names = new String[count];
        Arrays.setAll(names, lane -> "in flight " + (lane + 1));
        if (!slots) {
            workers.forEach((name, lane) -> names[lane] = name);
        }
        return List.of(names);
    }
}

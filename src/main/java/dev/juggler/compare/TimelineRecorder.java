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

/** Notes the attempts of one run, the first {@value #MOST} of them. Confined to the thread that gets outcomes. */
final class TimelineRecorder {
    /** So many attempts are noted: some megabytes. */
    static final int MOST = 1 << 17;

    private final Job job;
    private final ComputeTimeMeter computing;
    private final Map<String, Integer> workers = new HashMap<>();
    private final List<AttemptInterval> attempts = new ArrayList<>();
    private long count;

    /**
     * One attempt.
     *
     * @param start microseconds since 1970
     * @param micros how long it took
     * @param lane the number of its worker
     */
    record AttemptInterval(long task, long start, double micros, int lane, boolean succeeded) {
        double end() {
            return start + micros;
        }
    }

    TimelineRecorder(Job job) {
        this.job = job;
        this.computing = new ComputeTimeMeter(job.model(), MOST);
    }

    WorkProvider watched(WorkProvider work) {
        return new InstrumentedWork(work, computing);
    }

    void add(Outcome outcome) {
        count++;
        if (attempts.size() < MOST && !outcome.worker().isEmpty()) {
            int lane = workers.computeIfAbsent(outcome.worker(), any -> workers.size());
            attempts.add(new AttemptInterval(
                    outcome.task().index(),
                    outcome.startedMicros(),
                    outcome.runNanos() / 1e3,
                    lane,
                    outcome.succeeded()));
        }
    }

    Timeline timeline() {
        attempts.sort(Comparator.comparingLong(AttemptInterval::start));
        boolean slots = job.model() == ConcurrencyModel.ASYNC;
        int[] lanes = slots
                ? LaneAllocator.of(attempts)
                : attempts.stream().mapToInt(AttemptInterval::lane).toArray();
        return new TimelineBuilder(attempts, lanes, names(lanes, slots), computing).make(count);
    }

    private List<String> names(int[] lanes, boolean slots) {
        int many = Arrays.stream(lanes).max().orElse(-1) + 1;
        String[] names = new String[many];
        Arrays.setAll(names, lane -> "in flight " + (lane + 1));
        if (!slots) {
            workers.forEach((name, lane) -> names[lane] = name);
        }
        return List.of(names);
    }
}

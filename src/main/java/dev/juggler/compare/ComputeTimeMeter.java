package dev.juggler.compare;

import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Task;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the CPU time of one run's tasks. On a worker thread it is known for each task. On an event loop it is known
 * for the synchronous beginning of each task and for the loop as a whole. For virtual threads the JVM reports only the
 * CPU time of their carrier threads. Time that is known only for all tasks together is distributed among them.
 *
 * <p>Threads of workers and event loops add times; the run's thread reads them once the run is over.
 */
final class ComputeTimeMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Pattern CARRIER = Pattern.compile("ForkJoinPool-\\d+-worker-\\d+");
    private final ConcurrencyModel model;
    private final long[] nanosByTask;
    private final AtomicLong totalNanos = new AtomicLong();
    private final long carrierNanosBefore;
    private volatile @Nullable Thread loop;
    private volatile long loopNanosBefore;

    /**
     * Starts to measure a run that is about to begin.
     *
     * @param tasks the number of tasks, from the first on, whose times are kept one by one
     */
    ComputeTimeMeter(ConcurrencyModel model, int tasks) {
        this.model = model;
        this.nanosByTask = new long[tasks];
        this.carrierNanosBefore = model == ConcurrencyModel.VIRTUAL ? carrierNanos() : 0;
    }

    /** Starts to measure the event loop that runs on a thread. */
    void beginLoop(Thread thread) {
        loop = thread;
        loopNanosBefore = THREADS.getThreadCpuTime(thread.threadId());
    }

    /** The CPU time of the calling thread in nanoseconds; 0 on a virtual thread. */
    long currentThreadNanos() {
        return Thread.currentThread().isVirtual() ? 0 : THREADS.getCurrentThreadCpuTime();
    }

    /** Adds CPU time to a task. Only one thread at a time works on a task. */
    void add(Task task, long nanos) {
        if (task.index() < nanosByTask.length) {
            nanosByTask[(int) task.index()] += nanos;
        }
        totalNanos.addAndGet(nanos);
    }

    /** The CPU time in nanoseconds that was added to the task with this index. */
    long taskNanos(long task) {
        return task < nanosByTask.length ? nanosByTask[(int) task] : 0;
    }

    /**
     * The CPU time in nanoseconds that is known for all tasks together but for none alone. To be read when the run is
     * over and its threads still exist.
     */
    long undistributedNanos() {
        return switch (model) {
            case VIRTUAL -> Math.max(0, carrierNanos() - carrierNanosBefore);
            case ASYNC -> Math.max(0, loopNanos() - totalNanos.get());
            default -> 0;
        };
    }

    /** Returns true if that time is distributed evenly; false if in proportion to the tasks' durations. */
    boolean isDistributedEvenly() {
        return model == ConcurrencyModel.ASYNC;
    }

    /** The CPU time of the event loop in nanoseconds; 0 if none has begun. */
    private long loopNanos() {
        Thread thread = loop;
        return thread == null ? 0 : THREADS.getThreadCpuTime(thread.threadId()) - loopNanosBefore;
    }

    private static long carrierNanos() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info ->
                        info != null && CARRIER.matcher(info.getThreadName()).matches())
                .mapToLong(ThreadInfo::getThreadId)
                .flatMap(id -> LongStream.of(Math.max(0, THREADS.getThreadCpuTime(id))))
                .sum();
    }

    /** Returns true if CPU times are known. Tasks in other processes cannot be observed. */
    boolean isKnown() {
        return switch (model) {
            case SEQUENTIAL, THREADS, VIRTUAL, ASYNC -> true;
            default -> false;
        };
    }

    /** A description of the method of measurement, for the page. */
    String description() {
        return switch (model) {
            case SEQUENTIAL, THREADS ->
                "Computing is the CPU time of the task's thread, without that of an HTTP client's own threads.";
            case VIRTUAL ->
                "Computing is the CPU time of the carrier threads, distributed in proportion to the tasks' durations:"
                        + " the JVM does not report it for a single virtual thread.";
            case ASYNC ->
                "Computing is the event loop's CPU time: the synchronous beginning of each task, plus an equal share of"
                        + " the rest.";
            default -> "Computing cannot be told from waiting: these tasks ran in other processes.";
        };
    }
}

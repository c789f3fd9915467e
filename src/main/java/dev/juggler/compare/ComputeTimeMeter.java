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

/**
 * How long the tasks of one run computed. A worker's thread tells it for each task. An event loop tells it for the
 * beginning of each, and for all of them together; the JVM tells nothing of one virtual thread, but of the threads that
 * carry them. What is known only for all together is shared out.
 */
final class ComputeTimeMeter {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Pattern CARRIER = Pattern.compile("ForkJoinPool-\\d+-worker-\\d+");

    private final ConcurrencyModel model;
    private final long[] nanosOfTask;
    private final AtomicLong ofAllTasks = new AtomicLong();
    private final long carriersBefore;
    private volatile Thread loop;
    private volatile long loopBefore;

    /** Of the first tasks of a run that begins now. */
    ComputeTimeMeter(ConcurrencyModel model, int tasks) {
        this.model = model;
        this.nanosOfTask = new long[tasks];
        this.carriersBefore = model == ConcurrencyModel.VIRTUAL ? ofCarriers() : 0;
    }

    void beginLoop(Thread thread) {
        loop = thread;
        loopBefore = THREADS.getThreadCpuTime(thread.threadId());
    }

    /** The clock of what the calling thread has computed; 0 on a virtual one. */
    long ofThisThread() {
        return Thread.currentThread().isVirtual() ? 0 : THREADS.getCurrentThreadCpuTime();
    }

    /** Notes it for a task; each is the affair of one thread at a time. */
    void add(Task task, long nanos) {
        if (task.index() < nanosOfTask.length) {
            nanosOfTask[(int) task.index()] += nanos;
        }
        ofAllTasks.addAndGet(nanos);
    }

    /** What was noted for a task. */
    long of(long task) {
        return task < nanosOfTask.length ? nanosOfTask[(int) task] : 0;
    }

    /** What is known for all tasks together and for none alone; asked when the run is over and its threads are there. */
    long toShareOut() {
        return switch (model) {
            case VIRTUAL -> Math.max(0, ofCarriers() - carriersBefore);
            case ASYNC -> loop == null ? 0 : Math.max(0, ofLoop() - ofAllTasks.get());
            default -> 0;
        };
    }

    /** Whether each task gets an equal share of it, rather than one by its duration. */
    boolean sharesEvenly() {
        return model == ConcurrencyModel.ASYNC;
    }

    private long ofLoop() {
        return THREADS.getThreadCpuTime(loop.threadId()) - loopBefore;
    }

    private static long ofCarriers() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info ->
                        info != null && CARRIER.matcher(info.getThreadName()).matches())
                .mapToLong(ThreadInfo::getThreadId)
                .flatMap(id -> LongStream.of(Math.max(0, THREADS.getThreadCpuTime(id))))
                .sum();
    }

    /** Whether anything is known. Tasks in other processes are not seen. */
    boolean isKnown() {
        return switch (model) {
            case SEQUENTIAL, THREADS, VIRTUAL, ASYNC -> true;
            default -> false;
        };
    }

    /** How it was come by, for a person. */
    String text() {
        return switch (model) {
            case SEQUENTIAL, THREADS ->
                "Computing is the CPU time of the task's thread; what an HTTP client does on threads of its own is not"
                        + " in it.";
            case VIRTUAL ->
                "Computing is the CPU time of the threads that carry the virtual ones, shared out by the tasks'"
                        + " durations: of one virtual thread the JVM does not tell it.";
            case ASYNC ->
                "Computing is the event loop's CPU time: each task's own beginning, and an equal share of all the"
                        + " rest.";
            default -> "Computing was not told from waiting: these tasks ran in other processes.";
        };
    }
}

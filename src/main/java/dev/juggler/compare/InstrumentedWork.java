package dev.juggler.compare;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.Cancellation;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;

/** Decorates a work provider to measure the CPU time of each task. */
final class InstrumentedWork implements WorkProvider {
    private final WorkProvider work;
    private final ComputeTimeMeter meter;

    InstrumentedWork(WorkProvider work, ComputeTimeMeter meter) {
        this.work = work;
        this.meter = meter;
    }

    @Override
    public BlockingWork blocking() {
        return new InstrumentedBlockingWork(work.blocking());
    }

    @Override
    public BlockingWork blockingShared() {
        return new InstrumentedBlockingWork(work.blockingShared());
    }

    @Override
    public AsyncWork async(Vertx vertx) {
        meter.beginLoop(Thread.currentThread());
        return new InstrumentedAsyncWork(work.async(vertx));
    }

    @Override
    public boolean computes() {
        return work.computes();
    }

    @Override
    public boolean leavesLoopFree() {
        return work.leavesLoopFree();
    }

    @Override
    public String group(Task task) {
        return work.group(task);
    }

    @Override
    public Map<String, String> secrets() {
        return work.secrets();
    }

    @Override
    public Duration grace() {
        return work.grace();
    }

    @Override
    public void close() {
        work.close();
    }

    /** Measures tasks on threads that run one task after another. */
    private final class InstrumentedBlockingWork implements BlockingWork {
        private final BlockingWork work;

        InstrumentedBlockingWork(BlockingWork work) {
            this.work = work;
        }

        @Override
        public Result run(Task task) throws InterruptedException {
            long before = meter.currentThreadNanos();
            try {
                return work.run(task);
            } finally {
                meter.add(task, meter.currentThreadNanos() - before);
            }
        }

        @Override
        public void close() {
            work.close();
        }
    }

    /**
     * Measures the synchronous beginning of tasks on an event loop; the rest of the loop's time is distributed later.
     */
    private final class InstrumentedAsyncWork implements AsyncWork {
        private final AsyncWork work;

        InstrumentedAsyncWork(AsyncWork work) {
            this.work = work;
        }

        @Override
        public Future<Result> start(Task task, Cancellation cancellation) {
            long before = meter.currentThreadNanos();
            try {
                return work.start(task, cancellation);
            } finally {
                meter.add(task, meter.currentThreadNanos() - before);
            }
        }

        @Override
        public void close() {
            work.close();
        }
    }
}

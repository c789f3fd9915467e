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

/** Another's work, with an eye on how long each task computes. */
final class InstrumentedWork implements WorkProvider {
    private final WorkProvider work;
    private final ComputeTimeMeter time;

    InstrumentedWork(WorkProvider work, ComputeTimeMeter time) {
        this.work = work;
        this.time = time;
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
        time.beginLoop(Thread.currentThread());
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

    /** On a thread that does one task after another. */
    private final class InstrumentedBlockingWork implements BlockingWork {
        private final BlockingWork work;

        InstrumentedBlockingWork(BlockingWork work) {
            this.work = work;
        }

        @Override
        public Result run(Task task) throws InterruptedException {
            long before = time.ofThisThread();
            try {
                return work.run(task);
            } finally {
                time.add(task, time.ofThisThread() - before);
            }
        }

        @Override
        public void close() {
            work.close();
        }
    }

    /** On an event loop: what is seen of a task is its beginning, the rest of the loop's time is shared out later. */
    private final class InstrumentedAsyncWork implements AsyncWork {
        private final AsyncWork work;

        InstrumentedAsyncWork(AsyncWork work) {
            this.work = work;
        }

        @Override
        public Future<Result> start(Task task, Cancellation cancellation) {
            long before = time.ofThisThread();
            try {
                return work.start(task, cancellation);
            } finally {
                time.add(task, time.ofThisThread() - before);
            }
        }

        @Override
        public void close() {
            work.close();
        }
    }
}

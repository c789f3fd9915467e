package dev.juggler.work.fetch;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs file work, which blocks, away from an event loop. Its methods are called on the loop. */
final class FileTasks {
    /** Number of tasks that one thread gets together. */
    private static final int BATCH = 4;

    private final Context loop;
    private final Executor threads;
    private final Queue<Runnable> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    /** The tasks of one turn of the loop, which go to the threads together. Confined to the loop. */
    private List<FileTask<?>> waiting = new ArrayList<>();

    /** @param threads run the actions */
    FileTasks(Context loop, Executor threads) {
        this.loop = loop;
        this.threads = threads;
    }

    /** One action and its future, which completes whatever the action throws. */
    private final class FileTask<T> {
        private final Callable<T> action;
        private final Promise<T> promise;

        FileTask(Callable<T> action, Promise<T> promise) {
            this.action = action;
            this.promise = promise;
        }

        void run() {
            try {
                T value = action.call();
                onLoop(() -> promise.complete(value));
            } catch (Exception | Error e) {
                onLoop(() -> promise.fail(e));
            }
        }
    }

    /** File work without a value. */
    interface FileAction {
        void run() throws IOException;
    }

    /** Runs an action that blocks; the future completes on the loop. */
    Future<Void> run(FileAction action) {
        return call(() -> {
            action.run();
            return null;
        });
    }

    /** Runs an action that blocks; the future completes on the loop. */
    <T> Future<T> call(Callable<T> action) {
        FileTask<T> task = new FileTask<>(action, Promise.promise());
        if (waiting.isEmpty()) {
            loop.runOnContext(ignored -> dispatch());
        }
        waiting.add(task);
        return task.promise.future();
    }

    /**
     * Dispatches in batches: waking a thread costs as much as a small file, and a single thread for all would delay
     * them.
     */
    private void dispatch() {
        List<FileTask<?>> all = waiting;
        waiting = new ArrayList<>();
        for (int i = 0; i < all.size(); i += BATCH) {
            List<FileTask<?>> some = all.subList(i, Math.min(i + BATCH, all.size()));
            try {
                threads.execute(() -> some.forEach(FileTask::run));
            } catch (RuntimeException | Error noThread) {
                // The pool is closed, or the system is out of threads.
                some.forEach(task -> task.promise.fail(noThread));
            }
        }
    }

    /** Completes a task on the loop, which is woken once for all tasks that end before it runs. */
    private void onLoop(Runnable completion) {
        done.add(completion);
        if (scheduled.compareAndSet(false, true)) {
            loop.runOnContext(ignored -> complete());
        }
    }

    private void complete() {
        scheduled.set(false);
        Runnable completion;
        while ((completion = done.poll()) != null) {
            completion.run();
        }
    }
}

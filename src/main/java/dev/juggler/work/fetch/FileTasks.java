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

/** Does away from an event loop what blocks on files. Its methods are called on the loop. */
final class FileTasks {
    /** So many files one thread takes over together. */
    private static final int AT_ONCE = 4;

    private final Context loop;
    private final Executor threads;
    private final Queue<Runnable> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();

    /** What is to be done with files, from one turn of the loop. Confined to the loop. */
    private List<Runnable> waiting = new ArrayList<>();

    /** @param threads where the actions are done */
    FileTasks(Context loop, Executor threads) {
        this.loop = loop;
        this.threads = threads;
    }

    /** Something to do with files, which blocks. */
    interface FileAction {
        void run() throws IOException;
    }

    Future<Void> run(FileAction action) {
        return call(() -> {
            action.run();
            return null;
        });
    }

    /** Does something that blocks on files; the future completes on the loop. */
    <T> Future<T> call(Callable<T> action) {
        Promise<T> promise = Promise.promise();
        if (waiting.isEmpty()) {
            loop.runOnContext(ignored -> handOver());
        }
        waiting.add(() -> {
            try {
                T value = action.call();
                onLoop(() -> promise.complete(value));
            } catch (Exception e) {
                onLoop(() -> promise.fail(e));
            }
        });
        return promise.future();
    }

    /** A few at a time: to wake a thread takes as long as a small file, and to have them all wait for one longer. */
    private void handOver() {
        List<Runnable> all = waiting;
        waiting = new ArrayList<>();
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<Runnable> some = all.subList(i, Math.min(i + AT_ONCE, all.size()));
            threads.execute(() -> some.forEach(Runnable::run));
        }
    }

    /** Calls the loop once for all that is done before it comes: each call may have to wake it. */
    private void onLoop(Runnable completion) {
        done.add(completion);
        if (called.compareAndSet(false, true)) {
            loop.runOnContext(ignored -> complete());
        }
    }

    private void complete() {
        called.set(false);
        Runnable completion;
        while ((completion = done.poll()) != null) {
            completion.run();
        }
    }
}

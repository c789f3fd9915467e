package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertSame;

import dev.juggler.Waiting;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileTasksTest {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();

    @AfterEach
    void close() throws Exception {
        Waiting.await(vertx.close());
    }

    @Test
    void aValueComesBackToTheLoop() throws Exception {
        Promise<Thread> completing = Promise.promise();
        loop.runOnContext(ignored -> new FileTasks(loop, Runnable::run)
                .call(() -> "value")
                .map(value -> Thread.currentThread())
                .onComplete(completing));
        Promise<Thread> running = Promise.promise();
        loop.runOnContext(ignored -> running.complete(Thread.currentThread()));
        assertSame(Waiting.await(running.future()), Waiting.await(completing.future()));
    }

    @Test
    void anErrorOfAnActionFailsItsFuture() throws Exception {
        Error error = new StackOverflowError("deep");
        assertSame(error, failure(Runnable::run, () -> {
            throw error;
        }));
    }

    @Test
    void aFutureFailsWhenNoThreadTakesItsAction() throws Exception {
        RuntimeException rejected = new RejectedExecutionException("closed");
        assertSame(
                rejected,
                failure(
                        action -> {
                            throw rejected;
                        },
                        () -> "never"));
        Error noThread = new OutOfMemoryError("unable to create native thread");
        assertSame(
                noThread,
                failure(
                        action -> {
                            throw noThread;
                        },
                        () -> "never"));
    }

    private Throwable failure(Executor threads, Callable<String> action) throws Exception {
        return Waiting.await(call(threads, action).<Throwable>map(value -> null).otherwise(cause -> cause));
    }

    private Future<String> call(Executor threads, Callable<String> action) {
        return Future.future(promise -> loop.runOnContext(
                ignored -> new FileTasks(loop, threads).call(action).onComplete(promise)));
    }
}

package dev.juggler.work.fetch;

import dev.juggler.job.Input;
import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.BlockingWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The ways to run a fetch, so that each scenario is written once and tested in all of them. */
enum FetchStyle {
    ASYNC {
        @Override
        Running start(FetchWork work, Vertx vertx, String url) {
            Context loop = vertx.getOrCreateContext();
            Cancellation cancellation = new Cancellation();
            Promise<Result> ended = Promise.promise();
            loop.runOnContext(v -> {
                AsyncWork async = work.async(vertx);
                async.start(task(url), cancellation)
                        .onComplete(done -> async.close())
                        .onComplete(ended);
            });
            return new Running(
                    ended.future().toCompletionStage().toCompletableFuture(),
                    () -> loop.runOnContext(v -> cancellation.cancel()));
        }
    },
    BLOCKING {
        @Override
        Running start(FetchWork work, Vertx vertx, String url) {
            return onThread(Thread.ofPlatform().daemon(), work.blocking(), url);
        }
    },
    VIRTUAL {
        @Override
        Running start(FetchWork work, Vertx vertx, String url) {
            return onThread(Thread.ofVirtual(), work.blockingShared(), url);
        }
    };

    /** A running fetch and its cancellation. */
    record Running(CompletableFuture<Result> result, Runnable end) {
        Result join() {
            try {
                return result.get(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("no result", e);
            }
        }
    }

    abstract Running start(FetchWork work, Vertx vertx, String url);

    private static Running onThread(Thread.Builder builder, BlockingWork work, String url) {
        CompletableFuture<Result> result = new CompletableFuture<>();
        Thread thread = builder.start(() -> {
            try {
                result.complete(work.run(task(url)));
            } catch (InterruptedException e) {
                result.complete(Result.Cancelled.because("interrupted", null));
            } catch (Throwable e) {
                result.completeExceptionally(e);
            } finally {
                work.close();
            }
        });
        return new Running(result, thread::interrupt);
    }

    static Task task(String url) {
        return new Task(0, Input.url(url));
    }
}

package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

/** Fetches on an event loop: one client, whose connections live on that loop, for all tasks of the worker. */
final class AsyncFetch implements AsyncWork {
    /** Far above what a coordinator keeps in flight, so that it alone says how many there are. */
    private static final int CONNECTIONS = 100_000;

    private final FetchPlan plan;
    private final Context loop;
    private final HttpClient client;
    private final Executor files;

    AsyncFetch(FetchPlan plan, Vertx vertx, Executor files) {
        this.plan = plan;
        this.loop = vertx.getOrCreateContext();
        this.files = files;
        this.client = vertx.httpClientBuilder()
                .with(options(plan.settings()))
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS))
                .withConnectHandler(AsyncFetch::quiet)
                .build();
    }

    /** Without a handler Vert.x logs each fault of a connection with its stack; the exchange is told of it anyway. */
    private static void quiet(HttpConnection connection) {
        connection.exceptionHandler(told -> {});
    }

    private static HttpClientOptions options(FetchSettings settings) {
        HttpClientOptions options = new HttpClientOptions();
        options.setConnectTimeout((int) settings.connectTimeout().toMillis());
        options.setMaxHeaderSize(settings.maxHeaderBytes());
        options.setTracingPolicy(TracingPolicy.IGNORE);
        return options;
    }

    @Override
    public Future<Result> start(Task task, Cancellation cancellation) {
        try {
            Attempt attempt = new Attempt(plan, Target.parse(task.key()));
            AsyncAttempt running = new AsyncAttempt(attempt, this);
            Future<Result> result = running.begin();
            cancellation.onCancel(running::cancel);
            return result;
        } catch (MalformedUrlException e) {
            return Future.succeededFuture(FetchWork.badUrl(task, e));
        }
    }

    HttpClient client() {
        return client;
    }

    /** Something to do with files, which blocks. */
    interface FileAction {
        void run() throws IOException;
    }

    Future<Void> onFiles(FileAction action) {
        return onFiles(() -> {
            action.run();
            return null;
        });
    }

    /** Does something that blocks on files away from the event loop; the future completes on the loop. */
    <T> Future<T> onFiles(Callable<T> action) {
        Promise<T> promise = Promise.promise();
        files.execute(() -> {
            try {
                T value = action.call();
                loop.runOnContext(v -> promise.complete(value));
            } catch (Exception e) {
                loop.runOnContext(v -> promise.fail(e));
            }
        });
        return promise.future();
    }

    long connectMillis() {
        return plan.settings().connectTimeout().toMillis();
    }

    @Override
    public void close() {
        client.close();
    }
}

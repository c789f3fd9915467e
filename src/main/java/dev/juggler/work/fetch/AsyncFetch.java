package dev.juggler.work.fetch;

import dev.juggler.job.Result;
import dev.juggler.job.Task;
import dev.juggler.work.AsyncWork;
import dev.juggler.work.Cancellation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.tracing.TracingPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Fetches on an event loop: one client, whose connections live on that loop, for all tasks of the worker. */
final class AsyncFetch implements AsyncWork {
    /** So many files one thread takes over together. */
    private static final int AT_ONCE = 4;

    private final FetchPlan plan;
    private final Session session;
    private final Vertx vertx;
    private final Context loop;
    private final HttpClientAgent client;
    private final AsyncConnections connections;
    private final Executor files;
    private final Queue<Runnable> done = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();

    /** What is to be done with files, from one turn of the loop. Confined to the loop. */
    private List<Runnable> waiting = new ArrayList<>();

    /** The attempts that somebody looks at, and the timer that does; null where no one minds how long they take. */
    private final Set<AsyncAttempt> watched = new HashSet<>();

    private final Long watch;

    AsyncFetch(FetchPlan plan, Vertx vertx, Executor files) {
        this.plan = plan;
        this.session = plan.access().session();
        this.loop = vertx.getOrCreateContext();
        this.files = files;
        this.vertx = vertx;
        this.watch = plan.flow().isWatched() ? vertx.setPeriodic(Pulse.TICK_MILLIS, timer -> checkAll()) : null;
        this.client = vertx.httpClientBuilder().with(options(plan)).build();
        this.connections = new AsyncConnections(
                client,
                plan.access().proxies(),
                plan.settings().connectTimeout().toMillis(),
                new ReadSizes(plan.bandwidth() == null));
    }

    private static HttpClientOptions options(FetchPlan plan) {
        FetchSettings settings = plan.settings();
        AsyncTls tls = new AsyncTls(plan.access().tls());
        HttpClientOptions options = new HttpClientOptions();
        options.setTrustOptions(tls)
                .setKeyCertOptions(tls.keys())
                .setVerifyHost(!tls.tls().insecure());
        // Offered in the TLS handshake; without TLS each connection says that it speaks HTTP/1.1.
        options.setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        options.setConnectTimeout((int) settings.connectTimeout().toMillis());
        options.setMaxHeaderSize(settings.maxHeaderBytes());
        // Each piece is handed on by itself: so what is read at once comes in one, and not in pieces of 8 KiB.
        options.setMaxChunkSize(Integer.MAX_VALUE);
        options.setTracingPolicy(TracingPolicy.IGNORE);
        return options;
    }

    @Override
    public Future<Result> start(Task task, Cancellation cancellation) {
        try {
            Attempt attempt = new Attempt(plan, session, task);
            AsyncAttempt running = new AsyncAttempt(attempt, this);
            Future<Result> result = running.begin();
            if (watch != null) {
                watched.add(running);
                result.onComplete(ended -> watched.remove(running));
            }
            cancellation.onCancel(running::cancel);
            return result;
        } catch (MalformedUrlException e) {
            return Future.succeededFuture(FetchWork.badUrl(task, e));
        }
    }

    private void checkAll() {
        long now = System.nanoTime();
        List.copyOf(watched).forEach(attempt -> attempt.check(now));
    }

    /** Does something on the loop when this time is over. */
    void later(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }

    Session session() {
        return session;
    }

    AsyncConnections connections() {
        return connections;
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
            files.execute(() -> some.forEach(Runnable::run));
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

    @Override
    public void close() {
        if (watch != null) {
            vertx.cancelTimer(watch);
        }
        connections.close();
        client.close();
    }
}

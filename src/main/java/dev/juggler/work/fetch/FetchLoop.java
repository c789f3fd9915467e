package dev.juggler.work.fetch;

import dev.juggler.work.fetch.http.BufferPool;
import dev.juggler.work.fetch.http.ConnectionPool;
import dev.juggler.work.fetch.http.FetchSession;
import dev.juggler.work.fetch.http.ReadSizes;
import dev.juggler.work.fetch.http.StallDetector;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A worker's side of an event loop: its session, its connections, and the timers of its attempts. Made, used and closed
 * on that loop.
 */
final class FetchLoop {
    private final Vertx vertx;
    private final Context context;
    private final FetchSession session;
    private final ConnectionPool connections;

    private final BufferPool places = new BufferPool();

    /** The attempts that somebody looks at, and the timer that does; null where no one minds how long they take. */
    private final Set<AsyncAttempt> watched = new HashSet<>();

    private final Long watch;

    FetchLoop(FetchPlan plan, Vertx vertx, HttpClientAgent client, ReadSizes sizes) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.session = plan.access().session();
        this.watch = plan.flow().isWatched() ? vertx.setPeriodic(StallDetector.TICK_MILLIS, timer -> checkAll()) : null;
        this.connections = new ConnectionPool(context, client, plan.access().proxies(), plan.settings(), sizes);
    }

    /** Begins an attempt at an input. */
    AsyncAttempt begin(Attempt attempt, FileTasks files) {
        AsyncAttempt running = new AsyncAttempt(attempt, this, files);
        if (watch != null) {
            watched.add(running);
            running.result().onComplete(ended -> watched.remove(running));
        }
        running.begin();
        return running;
    }

    private void checkAll() {
        long now = System.nanoTime();
        List.copyOf(watched).forEach(attempt -> attempt.check(now));
    }

    /** Does something on the loop when this time is over. */
    void later(long millis, Runnable action) {
        vertx.setTimer(millis, timer -> action.run());
    }

    BufferPool places() {
        return places;
    }

    /** Of the loop. */
    Context context() {
        return context;
    }

    FetchSession session() {
        return session;
    }

    ConnectionPool connections() {
        return connections;
    }

    void close() {
        if (watch != null) {
            vertx.cancelTimer(watch);
        }
        connections.close();
    }
}

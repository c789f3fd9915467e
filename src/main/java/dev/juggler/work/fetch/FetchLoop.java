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
import org.jspecify.annotations.Nullable;

/**
 * The resources of one worker on an event loop: its session, connections, buffers and the timer that detects stalled
 * fetches. Created, used and closed on that loop.
 */
final class FetchLoop {
    private final Vertx vertx;
    private final Context context;
    private final FetchSession session;
    private final ConnectionPool connections;
    private final BufferPool buffers = new BufferPool();

    /** The fetches that the timer checks. */
    private final Set<FetchCall> watched = new HashSet<>();

    /** Null when there is no limit to watch. */
    private final @Nullable Long timer;

    FetchLoop(FetchPlan plan, Vertx vertx, HttpClientAgent client, ReadSizes sizes) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.session = plan.access().session();
        this.timer = plan.limits().flow().isWatched()
                ? vertx.setPeriodic(StallDetector.TICK_MILLIS, tick -> checkAll())
                : null;
        this.connections = new ConnectionPool(context, client, plan.access().proxies(), plan.settings(), sizes);
    }

    /** Checks a fetch for stalls until it has a result. */
    void watch(FetchCall call) {
        if (timer != null) {
            watched.add(call);
            call.result().onComplete(ended -> watched.remove(call));
        }
    }

    private void checkAll() {
        long now = System.nanoTime();
        List.copyOf(watched).forEach(call -> call.check(now));
    }

    /** Runs an action on the loop after this time. */
    void later(long millis, Runnable action) {
        vertx.setTimer(millis, tick -> action.run());
    }

    /** Buffers for short bodies. */
    BufferPool buffers() {
        return buffers;
    }

    /** The context of the loop; any thread may ask for it. */
    Context context() {
        return context;
    }

    /** Cookies and logins; any thread may ask for it. */
    FetchSession session() {
        return session;
    }

    ConnectionPool connections() {
        return connections;
    }

    /** Closes the connections; fetches in flight fail. */
    void close() {
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
        connections.close();
    }
}

package dev.juggler.model;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireRecords;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.process.ChildProcess;
import dev.juggler.work.JobVertxOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Child JVMs that do the tasks of one job, clustered with this one on the loopback interface. Each has the workers of
 * the job's inner model. One that dies is replaced at once; one whose only worker is stuck is killed, and replaced.
 */
final class ProcessPool implements WorkerPool {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessPool.class);

    /** A JVM that has not joined by then never will. */
    private static final long START_SECONDS = 60;
    /** Children are idle when they are ended. */
    private static final long END_MILLIS = 5_000;
    /** So many children in a row that end before they take work end the run. */
    private static final int MOST_FAILED_STARTS = 3;

    /**
     * A child says nothing when it ends, and on this machine a broken connection means just that: nobody should wait a
     * second to see whether it is made again.
     */
    private static final Map<String, String> ENDS_AT_ONCE =
            Map.of("hazelcast.connection.monitor.max.faults", "0", "hazelcast.connection.monitor.interval", "1");

    private final Vertx vertx;
    private final Job job;
    private final Duration grace;
    private final List<ChildAssignment.Secret> secrets;
    private final Listener listener;
    private final String cluster;
    private final String secret;
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicInteger failedStarts = new AtomicInteger();
    private final Map<String, PoolProcess> members = new ConcurrentHashMap<>();
    private final List<PoolProcess> first = new CopyOnWriteArrayList<>();
    private volatile Cluster joined;
    private volatile boolean draining;
    private volatile boolean ending;
    private volatile String cancelled;

    /** A child and the promise that it will take work. */
    private final class PoolProcess implements ChildProcess.Listener {
        private final String node = job.model().id() + "-" + made.getAndIncrement();
        private final Promise<Void> ready = Promise.promise();
        private volatile ChildProcess process;
        private boolean ordered;

        synchronized PoolProcess start() throws IOException {
            boolean computes = job.work().kind().callsFunctions();
            process = ChildProcess.start(node, ChildMain.class, computes, this);
            members.put(node, this);
            if (ending) {
                process.abandon();
            }
            return this;
        }

        /** Tells it what to do, once; completes when it takes work. */
        synchronized Future<Void> order() {
            if (ordered) {
                return ready.future();
            }
            ordered = true;
            process.order(WireRecords.bytes(new ChildAssignment(
                    node, cluster, joined.address(), ProcessHandle.current().pid(), secret, job, secrets)));
            if (draining) {
                process.say(ChildMain.drain());
            }
            if (cancelled != null) {
                process.say(ChildMain.cancel(cancelled));
            }
            // One that hangs is killed, so that its end is seen; to one that has ended this does nothing.
            return ready.future().timeout(START_SECONDS, TimeUnit.SECONDS).onFailure(late -> process.kill());
        }

        void end() {
            if (ready.future().isComplete()) {
                process.end();
            } else {
                process.abandon();
            }
        }

        @Override
        public void ready() {
            failedStarts.set(0);
            ready.tryComplete();
        }

        @Override
        public void ended(String why) {
            left();
            boolean early = ready.tryFail("process " + node + " did not start: " + why);
            if (!ending) {
                vertx.runOnContext(ignored -> lost(this, why, early));
            }
        }

        /** Its end may be heard of before its start has returned; it is no member after either. */
        private synchronized void left() {
            members.remove(node, this);
        }
    }

    /**
     * A pool that is not started yet. The request's work gives the grace of a task and the secrets that the children
     * need; its listener is called on a context of the request's Vert.x.
     */
    ProcessPool(WorkerPoolRequest request) {
        this.vertx = request.vertx();
        this.job = request.job();
        this.grace = request.work().grace();
        this.secrets = ChildAssignment.Secret.all(request.work().secrets());
        this.listener = request.listener();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.secret = "." + HexFormat.of().formatHex(random);
        this.cluster = "juggler" + secret;
    }

    /** Starts the children while this JVM begins the cluster that they will join. */
    @Override
    public Future<Vertx> open() {
        Future<Void> started = vertx.executeBlocking(
                () -> {
                    start(job.concurrency());
                    return null;
                },
                false);
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(2),
                        ClusterSettings.onLoopback(cluster, 0),
                        config -> ENDS_AT_ONCE.forEach(config::setProperty))
                .compose(own -> {
                    joined = own;
                    BusMessageCodec.register(own.vertx().eventBus());
                    return started.map(own.vertx());
                });
    }

    private synchronized List<PoolProcess> start(int wanted) throws IOException {
        while (first.size() < wanted) {
            first.add(new PoolProcess().start());
        }
        return List.copyOf(first);
    }

    @Override
    public Future<Void> deploy(int concurrency) {
        return vertx.executeBlocking(() -> start(concurrency), false)
                .compose(all -> Future.all(all.stream().map(PoolProcess::order).toList()))
                .mapEmpty();
    }

    /** The coordinator hears of it first, so that the tasks go elsewhere before there is a new process. */
    private void lost(PoolProcess member, String why, boolean early) {
        listener.died(member.node, why);
        if (draining || cancelled != null || first.contains(member) && early) {
            return;
        }
        if (early && failedStarts.incrementAndGet() >= MOST_FAILED_STARTS) {
            listener.failed(MOST_FAILED_STARTS + " processes in a row did not start; the last: " + why);
        } else {
            LOG.warn("process {} was lost ({}): another takes its place", member.node, why);
            replace();
        }
    }

    private void replace() {
        vertx.executeBlocking(() -> new PoolProcess().start(), false)
                .onSuccess(PoolProcess::order)
                .onFailure(failure -> listener.failed("no process can be started: " + failure.getMessage()));
    }

    @Override
    public void forget(String worker) {
        PoolProcess member = members.get(worker);
        if (member != null && !survives()) {
            member.process.kill();
        }
    }

    /** Returns whether a process has other workers, which do not end with one that is stuck. */
    private boolean survives() {
        ConcurrencyModel inner = job.perProcess().model();
        return inner == ConcurrencyModel.THREADS || inner == ConcurrencyModel.VIRTUAL;
    }

    /** Nothing to do: the end of a process brings the next, and a worker among several is replaced where it is. */
    @Override
    public Future<Void> deployAnother() {
        return Future.succeededFuture();
    }

    @Override
    public void drain() {
        draining = true;
        members.values().forEach(member -> member.process.say(ChildMain.drain()));
    }

    @Override
    public Duration cancel(String reason) {
        cancelled = reason;
        members.values().forEach(member -> member.process.say(ChildMain.cancel(reason)));
        return grace;
    }

    @Override
    public Future<Void> undeploy() {
        ending = true;
        List<PoolProcess> all = List.copyOf(members.values());
        all.forEach(PoolProcess::end);
        return vertx.executeBlocking(
                () -> {
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
                    for (PoolProcess member : all) {
                        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                        if (!member.process.await(Math.max(1, left))) {
                            member.process.kill();
                        }
                    }
                    return null;
                },
                false);
    }

    @Override
    public Future<Void> close() {
        return joined == null ? Future.succeededFuture() : joined.leave();
    }
}

package dev.juggler.model.processes;

import dev.juggler.bus.BusMessageCodec;
import dev.juggler.bus.WireRecords;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.Job;
import dev.juggler.model.WorkerPool;
import dev.juggler.model.WorkerPoolRequest;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Child JVMs that run the tasks of one job, clustered with this one on the loopback interface. Each has workers under
 * the job's inner model. A child that dies is replaced at once; one whose only worker is stuck is killed and replaced.
 */
public final class ProcessPool implements WorkerPool {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessPool.class);

    /** The time for all children to end. They are idle by then. */
    private static final long END_MILLIS = 5_000;
    /** The run fails when this many children in a row end before they are ready. */
    private static final int MAX_FAILED_STARTS = 3;

    /**
     * Takes a broken connection for the end of its child at once. A child does not announce its end, and on one machine
     * a connection breaks for no other reason, so waiting a second for a new connection is no use.
     */
    private static final Map<String, String> NO_RECONNECT =
            Map.of("hazelcast.connection.monitor.max.faults", "0", "hazelcast.connection.monitor.interval", "1");

    private final Vertx vertx;
    private final Job job;
    private final Duration grace;
    private final List<ChildAssignment.Secret> secrets;
    private final Listener listener;
    private final String clusterName;
    private final String secret;
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger failedStarts = new AtomicInteger();
    private final Map<String, PooledProcess> members = new ConcurrentHashMap<>();
    private final List<PooledProcess> initial = new CopyOnWriteArrayList<>();
    private volatile @Nullable Cluster joined;
    private volatile boolean draining;
    private volatile boolean ending;
    private volatile @Nullable String cancelReason;

    /** A child process of the pool. Its name does not change, its process exists once {@link #start} has returned. */
    private final class PooledProcess implements ChildProcess.Listener {
        private final String node = job.model().id() + "-" + created.getAndIncrement();
        private final Promise<Void> ready = Promise.promise();
        private volatile @Nullable ChildProcess process;
        private boolean assigned;

        synchronized PooledProcess start() throws IOException {
            boolean computes = job.work().kind().callsFunctions();
            ChildProcess started = ChildProcess.start(node, ChildMain.class, computes, this);
            process = started;
            members.put(node, this);
            if (ending) {
                started.abandon();
            }
            return this;
        }

        /** Sends the assignment, once; completes when the child is ready for batches. */
        synchronized Future<Void> assign(Cluster own) {
            ChildProcess started = process;
            if (!assigned && started != null) {
                assigned = true;
                started.assign(
                        WireRecords.bytes(new ChildAssignment(node, clusterName, own.address(), secret, job, secrets)));
                if (draining) {
                    started.send(ChildMain.DRAIN);
                }
                Optional.ofNullable(cancelReason).map(ChildMain::cancel).ifPresent(started::send);
            }
            return ready.future();
        }

        void send(String message) {
            process().ifPresent(started -> started.send(message));
        }

        void kill() {
            process().ifPresent(ChildProcess::kill);
        }

        /** Waits for the end until {@code deadline}, a value of {@link System#nanoTime}, and then kills the process. */
        void awaitEnd(long deadline) throws InterruptedException {
            ChildProcess started = process;
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (started != null && !started.await(Math.max(1, left))) {
                started.kill();
            }
        }

        void end() {
            process().ifPresent(ready.future().isComplete() ? ChildProcess::end : ChildProcess::abandon);
        }

        private Optional<ChildProcess> process() {
            return Optional.ofNullable(process);
        }

        @Override
        public void ready() {
            failedStarts.set(0);
            ready.tryComplete();
        }

        @Override
        public void ended(String why) {
            remove();
            boolean early = ready.tryFail("process " + node + " did not start: " + why);
            if (!ending) {
                vertx.runOnContext(ignored -> lost(this, why, early));
            }
        }

        /** Synchronized, because the end may be reported before {@link #start} has added the process. */
        private synchronized void remove() {
            members.remove(node, this);
        }
    }

    /**
     * A pool that is not started yet. The request's work gives the grace period of a task and the secrets that the
     * children need; its listener is called on a context of the request's Vert.x.
     */
    public ProcessPool(WorkerPoolRequest request) {
        this.vertx = request.vertx();
        this.job = request.job();
        this.grace = request.work().grace();
        this.secrets = ChildAssignment.Secret.all(request.work().secrets());
        this.listener = request.listener();
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.secret = "." + HexFormat.of().formatHex(random);
        this.clusterName = "juggler" + secret;
    }

    /** Starts the children while this JVM begins the cluster that they will join. */
    @Override
    public Future<Vertx> open() {
        Future<List<PooledProcess>> started = startMissing(job.concurrency());
        return Cluster.join(
                        JobVertxOptions.options().setEventLoopPoolSize(2),
                        ClusterSettings.onLoopback(clusterName, 0),
                        config -> NO_RECONNECT.forEach(config::setProperty))
                .compose(own -> {
                    joined = own;
                    BusMessageCodec.register(own.vertx().eventBus());
                    return started.map(own.vertx());
                });
    }

    private Future<List<PooledProcess>> startMissing(int wanted) {
        return vertx.executeBlocking(() -> start(wanted), false);
    }

    private synchronized List<PooledProcess> start(int wanted) throws IOException {
        while (initial.size() < wanted) {
            initial.add(new PooledProcess().start());
        }
        return List.copyOf(initial);
    }

    @Override
    public Future<Void> deploy(int concurrency) {
        return startMissing(concurrency)
                .compose(all -> Future.all(all.stream().map(this::assign).toList()))
                .mapEmpty();
    }

    private Future<Void> assign(PooledProcess member) {
        Cluster own = joined;
        return own == null ? Future.failedFuture("the pool of processes is not open") : member.assign(own);
    }

    /** Reports a loss to the coordinator before the replacement starts, so that the tasks go elsewhere meanwhile. */
    private void lost(PooledProcess member, String why, boolean early) {
        listener.died(member.node, why);
        if (draining || cancelReason != null || initial.contains(member) && early) {
            return;
        }
        if (early && failedStarts.incrementAndGet() >= MAX_FAILED_STARTS) {
            listener.failed(MAX_FAILED_STARTS + " processes in a row did not start; the last: " + why);
        } else {
            LOG.warn("process {} was lost ({}): another takes its place", member.node, why);
            replace();
        }
    }

    private void replace() {
        vertx.executeBlocking(() -> new PooledProcess().start(), false)
                .onSuccess(this::assign)
                .onFailure(failure -> listener.failed("no process can be started: " + failure.getMessage()));
    }

    @Override
    public void forget(String worker) {
        PooledProcess member = members.get(worker);
        if (member != null && !hasSeveralWorkers()) {
            member.kill();
        }
    }

    /** Returns whether a process has other workers besides one that is stuck, and so is not killed for it. */
    private boolean hasSeveralWorkers() {
        ConcurrencyModel inner = job.perProcess().model();
        return inner == ConcurrencyModel.THREADS || inner == ConcurrencyModel.VIRTUAL;
    }

    /**
     * Does nothing: a process that ends is replaced anyway, and a worker among several is replaced inside its process.
     */
    @Override
    public Future<Void> deployAnother() {
        return Future.succeededFuture();
    }

    @Override
    public void drain() {
        draining = true;
        members.values().forEach(member -> member.send(ChildMain.DRAIN));
    }

    @Override
    public Duration cancel(String reason) {
        cancelReason = reason;
        members.values().forEach(member -> member.send(ChildMain.cancel(reason)));
        return grace;
    }

    @Override
    public Future<Void> undeploy() {
        ending = true;
        List<PooledProcess> all = List.copyOf(members.values());
        all.forEach(PooledProcess::end);
        return vertx.<@Nullable Void>executeBlocking(
                        () -> {
                            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS);
                            for (PooledProcess member : all) {
                                member.awaitEnd(deadline);
                            }
                            return null;
                        },
                        false)
                .mapEmpty();
    }

    @Override
    public Future<Void> close() {
        Cluster own = joined;
        return own == null ? Future.succeededFuture() : own.leave();
    }
}

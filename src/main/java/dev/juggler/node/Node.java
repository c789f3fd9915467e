package dev.juggler.node;

import dev.juggler.cluster.Cluster;
import dev.juggler.node.jobs.HazelcastSharedJobs;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A long-lived member of a cluster that accepts jobs over the event bus and keeps them in its data folder. */
public final class Node {
    /** Number of event loops: functions block theirs, and other jobs need some too. */
    private static final int EVENT_LOOPS = 16;

    private final Cluster cluster;
    private final JobStore store;
    private final JobServiceVerticle service;

    private final boolean tls;

    private Node(Cluster cluster, JobStore store, JobServiceVerticle service, boolean tls) {
        this.tls = tls;
        this.cluster = cluster;
        this.store = store;
        this.service = service;
    }

    /**
     * Starts a node: opens its data folder, joins the cluster or starts it, and resumes the jobs in the folder. Blocks
     * while it reads files.
     *
     * @param file the settings; relative paths in them are below its folder
     * @param data the data folder, instead of that of the settings
     * @return completes on a thread of the new Vert.x when the node accepts jobs; fails with a
     *     {@link dev.juggler.cluster.ClusterException} when the cluster cannot be joined
     * @throws IllegalArgumentException with a one-line message, when the settings are invalid
     * @throws IOException when the data folder cannot be used
     */
    public static Future<Node> start(Path file, Optional<Path> data) throws IOException {
        NodeSettings settings = NodeSettings.read(file);
        Path base = NodeCluster.base(file);
        JobStore store =
                JobStore.open(data.orElseGet(() -> base.resolve(settings.data()).normalize()));
        NodeCluster cluster = new NodeCluster(settings, base);
        return cluster.join(options(cluster))
                .compose(joined -> deploy(joined, settings, base, store))
                .onFailure(failure -> close(store));
    }

    private static VertxOptions options(NodeCluster cluster) {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                // Tasks may take long, and each worker has a watchdog of its own.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setEventBusOptions(cluster.bus());
    }

    private static Future<Node> deploy(Cluster cluster, NodeSettings settings, Path base, JobStore store) {
        HazelcastSharedJobs shared = new HazelcastSharedJobs(cluster, settings.minimumMembers());
        JobServiceVerticle service = new JobServiceVerticle(new Permissions(settings, base), store, shared, cluster);
        cluster.listen(service::nodeLeft);
        return cluster.vertx()
                .deployVerticle(service)
                .map(id -> new Node(cluster, store, service, settings.tls() != null))
                .recover(failure -> cluster.leave().transform(left -> Future.failedFuture(failure)));
    }

    /** Returns the id of this node in the cluster. */
    public String id() {
        return cluster.self();
    }

    /** Returns whether the event bus accepts only members with a certificate. */
    public boolean hasTls() {
        return tls;
    }

    /** Returns the address of this member, {@code HOST:PORT}, at which others can join the cluster. */
    public String address() {
        return cluster.address();
    }

    /**
     * Leaves the cluster: accepts no more jobs, lets running tasks end within the drain time of the settings, and
     * returns the rest. Completes when the node has left.
     */
    public Future<Void> leave() {
        return service.drain().eventually(cluster::leave).onComplete(left -> close(store));
    }

    private static void close(JobStore store) {
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

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

/** A long-lived member of a cluster that takes jobs over the event bus and keeps them in its data folder. */
public final class Node {
    /** Functions block their event loop; some loops must be left for the jobs beside them. */
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
     * Starts a node: opens its data folder, joins the cluster or begins it, and goes on with the jobs it finds. Blocks
     * while it reads files.
     *
     * @param file the settings; see the guide. Its folder is where relative paths begin
     * @param data the data folder, in place of that of the settings
     * @return completes when jobs are taken; fails with a {@link dev.juggler.cluster.ClusterException}
     * @throws IllegalArgumentException when the settings are wrong, with one line for a person
     * @throws IOException when the data folder cannot be used
     */
    public static Future<Node> start(Path file, Optional<Path> data) throws IOException {
        NodeSettings settings = NodeSettings.read(file);
        Path base = NodeCluster.base(file);
        JobStore store =
                JobStore.open(data.orElseGet(() -> base.resolve(settings.data()).normalize()));
        NodeCluster home = new NodeCluster(settings, base);
        return home.join(options(home))
                .compose(cluster -> deploy(cluster, settings, base, store))
                .onFailure(failure -> close(store));
    }

    private static VertxOptions options(NodeCluster home) {
        return new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false))
                // Tasks may take long; the watchdog of the workers looks after them.
                .setBlockedThreadCheckInterval(1)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS)
                .setEventBusOptions(home.bus());
    }

    private static Future<Node> deploy(Cluster cluster, NodeSettings settings, Path base, JobStore store) {
        Permissions permissions = new Permissions(settings, base);
        HazelcastSharedJobs shared = new HazelcastSharedJobs(cluster, settings.minimumMembers());
        JobServiceVerticle service = new JobServiceVerticle(settings, permissions, store, shared, cluster);
        cluster.listen(service::nodeLeft);
        return cluster.vertx()
                .deployVerticle(service)
                .map(id -> new Node(cluster, store, service, settings.tls() != null))
                .recover(failure -> cluster.leave().transform(left -> Future.failedFuture(failure)));
    }

    /** Its name in the cluster. */
    public String id() {
        return cluster.self();
    }

    /** Whether only members with a certificate are heard on the event bus. */
    public boolean hasTls() {
        return tls;
    }

    /** Where others meet it: {@code HOST:PORT}. */
    public String address() {
        return cluster.address();
    }

    /**
     * Takes no more jobs, lets the tasks that are running end within the settings' time, hands back the rest, and leaves
     * the cluster. Completes when the node is gone.
     */
    public Future<Void> leave() {
        return service.drain().eventually(cluster::leave).onComplete(gone -> close(store));
    }

    private static void close(JobStore store) {
        try {
            store.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

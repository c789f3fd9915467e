package dev.juggler.node;

import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterJoin;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.node.jobs.HazelcastSharedJobs;
import dev.juggler.node.settings.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The cluster that a node's settings describe, for nodes and for other JVMs that join it. */
public final class NodeCluster {
    private final NodeSettings settings;
    private final Path base;

    NodeCluster(NodeSettings settings, Path base) {
        this.settings = settings;
        this.base = base;
    }

    /**
     * Reads the settings of a node; blocks. Only host, cluster, minimumMembers and tls matter here.
     *
     * @throws IllegalArgumentException with a one-line message, when they are invalid
     */
    public static NodeCluster read(Path file) {
        return new NodeCluster(NodeSettings.read(file), base(file));
    }

    /** Returns the folder that relative paths in this file start from. */
    static Path base(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return Objects.requireNonNullElse(absolute.getParent(), absolute);
    }

    /** Joins as a node. Reads the configuration of the cluster on the calling thread. */
    Future<Cluster> join(VertxOptions options) {
        return Cluster.join(options, clusterSettings(), config -> {
            HazelcastSharedJobs.configure(config, settings.minimumMembers());
            HazelcastSharedJobs.markNode(config);
        });
    }

    /**
     * Prepares a member that accepts no jobs but may hold parts of the nodes' maps. Reads the configuration of the
     * cluster on the calling thread.
     *
     * @throws dev.juggler.cluster.ClusterException when the configuration is invalid
     */
    public ClusterJoin memberWithoutJobs() {
        return ClusterJoin.of(
                clusterSettings(), config -> HazelcastSharedJobs.configure(config, settings.minimumMembers()));
    }

    private ClusterSettings clusterSettings() {
        return new ClusterSettings(
                "juggler",
                settings.host(),
                0,
                List.of(),
                Optional.empty(),
                false,
                Optional.of(base.resolve(settings.cluster())));
    }

    /** Returns the host and the TLS keys of the event bus. */
    public EventBusOptions bus() {
        EventBusOptions bus = settings.tls() == null
                ? new EventBusOptions()
                : settings.tls().resolve(base).eventBus();
        return bus.setHost(settings.host());
    }
}

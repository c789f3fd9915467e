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
import java.util.Optional;

/** The cluster that a node's settings describe: for nodes, and for other JVMs that are members beside them. */
public final class NodeCluster {
    private final NodeSettings settings;
    private final Path base;

    NodeCluster(NodeSettings settings, Path base) {
        this.settings = settings;
        this.base = base;
    }

    /**
     * Reads the settings. Blocks.
     *
     * @param file the settings of a node, of which host, cluster, minimumMembers and tls count
     * @throws IllegalArgumentException when they are wrong, with one line for a person
     */
    public static NodeCluster read(Path file) {
        return new NodeCluster(NodeSettings.read(file), base(file));
    }

    /** Where relative paths of this file begin. */
    static Path base(Path file) {
        return file.toAbsolutePath().normalize().getParent();
    }

    /** Joins as a node. Reads the cluster's configuration on the calling thread. */
    Future<Cluster> join(VertxOptions options) {
        return Cluster.join(options, where(), config -> {
            HazelcastSharedJobs.configure(config, settings.minimumMembers());
            HazelcastSharedJobs.markNode(config);
        });
    }

    /**
     * A member that takes no jobs, but may come to hold parts of the nodes' maps. Reads the cluster's configuration.
     *
     * @throws dev.juggler.cluster.ClusterException when it is wrong
     */
    public ClusterJoin beside() {
        return ClusterJoin.of(where(), config -> HazelcastSharedJobs.configure(config, settings.minimumMembers()));
    }

    private ClusterSettings where() {
        return new ClusterSettings(
                "juggler",
                settings.host(),
                0,
                List.of(),
                Optional.empty(),
                false,
                Optional.of(base.resolve(settings.cluster())));
    }

    /** Where the event bus listens, and with which keys. */
    public EventBusOptions bus() {
        EventBusOptions bus = settings.tls() == null
                ? new EventBusOptions()
                : settings.tls().of(base).eventBus();
        return bus.setHost(settings.host());
    }
}

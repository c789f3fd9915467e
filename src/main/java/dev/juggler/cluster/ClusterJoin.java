package dev.juggler.cluster;

import com.hazelcast.config.Config;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM that is about to join a cluster, or to begin one: its configuration has been read and is right. Joins once. */
public final class ClusterJoin {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterJoin.class);

    static {
        // Read before any configuration; where it is missing, Hazelcast's first warnings go another way than all
        // others.
        if (System.getProperty("hazelcast.logging.type") == null) {
            System.setProperty("hazelcast.logging.type", "slf4j");
        }
    }

    private final ClusterSettings settings;
    private final Config config;
    private final HazelcastClusterManager manager;

    private ClusterJoin(ClusterSettings settings, Config config) {
        this.settings = settings;
        this.config = config;
        this.manager = new HazelcastClusterManager(config);
    }

    /**
     * Reads the configuration. Blocks on the file, if one is named.
     *
     * @param more says how shared maps are kept, after everything else is said
     * @throws ClusterException when it is wrong
     */
    public static ClusterJoin of(ClusterSettings settings, Consumer<Config> more) {
        Config config = HazelcastConfig.of(settings);
        LocalAddresses.check(settings.host(), config.getNetworkConfig().getInterfaces());
        more.accept(config);
        return new ClusterJoin(settings, config);
    }

    /** Joins, as {@link Cluster#join} does. */
    Future<Cluster> join(VertxOptions options) {
        return builder(options)
                .buildClustered()
                .map(this::joined)
                .recover(failure -> Future.failedFuture(ClusterException.unreachable(
                        "the cluster '" + name() + "' cannot be joined"
                                + settings.required()
                                        .map(member -> " at " + member)
                                        .orElse("") + ": "
                                + String.valueOf(failure.getMessage()).replace('\n', ' '),
                        failure)));
    }

    /**
     * For a launcher that makes the Vert.x itself: {@code buildClustered} joins.
     *
     * @param options where they name no host for the event bus, it is that of the settings: it is set in them
     */
    public VertxBuilder builder(VertxOptions options) {
        warnOfExposure();
        EventBusOptions bus = options.getEventBusOptions();
        if (bus.getHost() == null) {
            bus.setHost(settings.host());
        }
        return Vertx.builder().with(options).withClusterManager(manager);
    }

    /** What the Vert.x that was built is a member of. */
    public Cluster joined(Vertx vertx) {
        return new Cluster(vertx, manager.getHazelcastInstance(), manager.getNodeId());
    }

    /** The cluster's. */
    public String name() {
        return config.getClusterName();
    }

    private void warnOfExposure() {
        var interfaces = MemberEndpoint.interfaces(config);
        boolean local = interfaces.isEnabled()
                && interfaces.getInterfaces().stream().allMatch(ClusterJoin::isLoopback)
                && isLoopback(settings.host());
        if (!local) {
            LOG.warn(
                    "the cluster '{}' can be reached from other machines: whoever reaches its ports and knows its name"
                            + " can join it, read it and run its work; there is neither password nor encryption between"
                            + " members. Let a firewall or a private network keep others out",
                    name());
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}

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

/** Joins a cluster, or begins one, once, with a configuration that has been read and checked. */
public final class ClusterJoin {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterJoin.class);

    static {
        // Hazelcast reads this property before any configuration. Without it, its first warnings bypass SLF4J.
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
     * Reads the configuration. Blocks on the file, if the settings name one.
     *
     * @param more completes the configuration, for example of shared maps
     * @throws ClusterException if it is wrong
     */
    public static ClusterJoin of(ClusterSettings settings, Consumer<Config> more) {
        Config config = HazelcastConfig.of(settings);
        LocalAddresses.check(settings.host(), config.getNetworkConfig().getInterfaces());
        more.accept(config);
        return new ClusterJoin(settings, config);
    }

    /** Joins, as {@link Cluster#join(VertxOptions, ClusterSettings)} does. */
    Future<Cluster> join(VertxOptions options) {
        return builder(options)
                .buildClustered()
                .map(this::joined)
                .recover(failure -> Future.failedFuture(ClusterException.unreachable(
                        "cannot join the cluster '" + name() + "'"
                                + settings.required()
                                        .map(member -> " at " + member)
                                        .orElse("") + ": "
                                + String.valueOf(failure.getMessage()).replace('\n', ' '),
                        failure)));
    }

    /**
     * Returns a builder for a launcher that creates the Vert.x itself. Its {@code buildClustered} joins.
     *
     * @param options options of the new Vert.x; without a host for the event bus, that of the settings is set in them
     */
    public VertxBuilder builder(VertxOptions options) {
        warnOfExposure();
        EventBusOptions bus = options.getEventBusOptions();
        if (bus.getHost() == null) {
            bus.setHost(settings.host());
        }
        return Vertx.builder().with(options).withClusterManager(manager);
    }

    /** The membership of a Vert.x that the {@link #builder} has built. */
    public Cluster joined(Vertx vertx) {
        return new Cluster(vertx, manager.getHazelcastInstance(), manager.getNodeId());
    }

    /** The name of the cluster. */
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
                    "the cluster '{}' can be reached from other machines: a process that reaches its ports and knows"
                            + " its name can join it, read its data and run its work; members use neither passwords nor"
                            + " encryption; protect the ports by a firewall or a private network",
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

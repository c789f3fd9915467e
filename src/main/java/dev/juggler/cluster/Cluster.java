package dev.juggler.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This JVM as a member of a cluster: its Vert.x, and who else is there. */
public final class Cluster implements Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** Where Vert.x notes its own id in Hazelcast's member. */
    private static final String NODE_ID = "__vertx.nodeId";

    static {
        // Read before any configuration; where it is missing, Hazelcast's first warnings go another way than all
        // others.
        if (System.getProperty("hazelcast.logging.type") == null) {
            System.setProperty("hazelcast.logging.type", "slf4j");
        }
    }

    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final String self;

    private Cluster(Vertx vertx, HazelcastInstance hazelcast, String self) {
        this.vertx = vertx;
        this.hazelcast = hazelcast;
        this.self = self;
    }

    /**
     * Joins a cluster, or begins one. Reads the configuration file, if one is named, on the calling thread.
     *
     * @param options of the Vert.x that is made; where they name no host for the event bus, it is that of the settings
     * @return completes on a thread of the new Vert.x; fails with a {@link ClusterException}
     */
    public static Future<Cluster> join(VertxOptions options, ClusterSettings settings) {
        return join(options, settings, config -> {});
    }

    /**
     * The same for one that shares maps.
     *
     * @param more says how they are kept, after everything else is said
     */
    public static Future<Cluster> join(VertxOptions options, ClusterSettings settings, Consumer<Config> more) {
        Config config;
        try {
            config = HazelcastConfig.of(settings);
            more.accept(config);
        } catch (ClusterException e) {
            return Future.failedFuture(e);
        }
        warnOfExposure(config, settings);
        HazelcastClusterManager manager = new HazelcastClusterManager(config);
        return Vertx.builder()
                .with(onHost(options, settings.host()))
                .withClusterManager(manager)
                .buildClustered()
                .map(vertx -> new Cluster(vertx, manager.getHazelcastInstance(), manager.getNodeId()))
                .recover(failure -> Future.failedFuture(ClusterException.unreachable(
                        "the cluster '" + config.getClusterName() + "' cannot be joined"
                                + settings.required()
                                        .map(member -> " at " + member)
                                        .orElse("") + ": "
                                + failure.getMessage(),
                        failure)));
    }

    private static VertxOptions onHost(VertxOptions options, String host) {
        EventBusOptions bus = new EventBusOptions(options.getEventBusOptions());
        if (bus.getHost() == null) {
            bus.setHost(host);
        }
        return new VertxOptions(options).setEventBusOptions(bus);
    }

    private static void warnOfExposure(Config config, ClusterSettings settings) {
        var interfaces = config.getNetworkConfig().getInterfaces();
        boolean local = interfaces.isEnabled()
                && interfaces.getInterfaces().stream().allMatch(Cluster::isLoopback)
                && isLoopback(settings.host());
        if (!local) {
            LOG.warn(
                    "the cluster '{}' can be reached from other machines: whoever reaches its ports and knows its name"
                            + " can join it, read it and run its work; there is neither password nor encryption between"
                            + " members. Let a firewall or a private network keep others out",
                    config.getClusterName());
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** The clustered Vert.x; closing it leaves the cluster. */
    public Vertx vertx() {
        return vertx;
    }

    /** The member behind it, for maps that are shared. */
    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /** Where others can meet this one: {@code HOST:PORT}. */
    public String address() {
        var address = hazelcast.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    @Override
    public String self() {
        return self;
    }

    @Override
    public Set<String> nodes() {
        return hazelcast.getCluster().getMembers().stream()
                .map(Cluster::id)
                .filter(Objects::nonNull)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Null for a member that runs no Vert.x. */
    private static String id(Member member) {
        return member.getAttribute(NODE_ID);
    }

    @Override
    public Runnable listen(Listener listener) {
        UUID registration = hazelcast.getCluster().addMembershipListener(new Teller(listener));
        return () -> hazelcast.getCluster().removeMembershipListener(registration);
    }

    /** Leaves; completes when the Vert.x is closed. */
    public Future<Void> leave() {
        return vertx.close();
    }

    private record Teller(Listener listener) implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            ids(event).forEach(listener::joined);
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            ids(event).forEach(listener::left);
        }

        private static List<String> ids(MembershipEvent event) {
            String id = id(event.getMember());
            return id == null ? List.of() : List.of(id);
        }
    }
}

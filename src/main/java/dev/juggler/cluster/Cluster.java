package dev.juggler.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This JVM's membership of a cluster, with its clustered Vert.x. */
public final class Cluster implements Membership {
    /** The attribute of a Hazelcast member in which Vert.x stores its node id. */
    private static final String NODE_ID = "__vertx.nodeId";

    private final Vertx vertx;
    private final HazelcastInstance hazelcast;
    private final String self;

    Cluster(Vertx vertx, HazelcastInstance hazelcast, String self) {
        this.vertx = vertx;
        this.hazelcast = hazelcast;
        this.self = self;
    }

    /**
     * Joins a cluster, or begins one. Reads the configuration file, if the settings name one, on the calling thread.
     *
     * @param options options of the new Vert.x; without a host for the event bus, that of the settings applies
     * @return completes on a thread of the new Vert.x; fails with a {@link ClusterException}
     */
    public static Future<Cluster> join(VertxOptions options, ClusterSettings settings) {
        return join(options, settings, config -> {});
    }

    /**
     * Joins a cluster as {@link #join(VertxOptions, ClusterSettings)} does, with additional configuration.
     *
     * @param more completes the configuration, for example of shared maps
     */
    public static Future<Cluster> join(VertxOptions options, ClusterSettings settings, Consumer<Config> more) {
        try {
            return ClusterJoin.of(settings, more).join(new VertxOptions(options));
        } catch (ClusterException e) {
            return Future.failedFuture(e);
        }
    }

    /** The clustered Vert.x; closing it leaves the cluster. */
    public Vertx vertx() {
        return vertx;
    }

    /** The Hazelcast member, for shared maps. */
    public HazelcastInstance hazelcast() {
        return hazelcast;
    }

    /** The address at which other members reach this one: {@code HOST:PORT}. */
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
                .flatMap(member -> Stream.ofNullable(id(member)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The node id of a member; null if it runs no Vert.x. */
    private static @Nullable String id(Member member) {
        return member.getAttribute(NODE_ID);
    }

    @Override
    public Runnable listen(Listener listener) {
        UUID registration = hazelcast.getCluster().addMembershipListener(new ListenerAdapter(listener));
        return () -> hazelcast.getCluster().removeMembershipListener(registration);
    }

    /** Leaves the cluster. Completes when the Vert.x is closed. */
    public Future<Void> leave() {
        return vertx.close();
    }

    private record ListenerAdapter(Listener listener) implements MembershipListener {
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

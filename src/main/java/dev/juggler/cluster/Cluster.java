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
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** This JVM as a member of a cluster: its Vert.x, and who else is there. */
public final class Cluster implements Membership {
    /** Where Vert.x notes its own id in Hazelcast's member. */
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

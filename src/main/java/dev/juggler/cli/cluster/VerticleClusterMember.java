package dev.juggler.cli.cluster;

import dev.juggler.cluster.ClusterJoin;
import dev.juggler.node.NodeCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;

/** The membership of a verticle's JVM in the cluster of nodes. */
record VerticleClusterMember(NodeCluster cluster, ClusterJoin joining) {

    /** Reads the settings of a node, which describe its cluster. */
    static VerticleClusterMember of(Path settings) {
        NodeCluster cluster = NodeCluster.read(settings);
        return new VerticleClusterMember(cluster, cluster.memberWithoutJobs());
    }

    /** Returns a builder of the Vert.x that joins the cluster. */
    VertxBuilder builder(VertxOptions options) {
        return joining.builder(options.setEventBusOptions(cluster.bus()));
    }

    /** Returns the name of the cluster. */
    String name() {
        return joining.name();
    }

    /** Describes the cluster and the address of the member for the user. */
    String location(Vertx vertx) {
        return "in the cluster '" + name() + "' at " + joining.joined(vertx).address();
    }
}

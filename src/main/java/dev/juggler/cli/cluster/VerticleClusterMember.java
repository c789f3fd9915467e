package dev.juggler.cli.cluster;

import dev.juggler.cluster.ClusterJoin;
import dev.juggler.node.NodeCluster;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;

/** A verticle's JVM as a member of the cluster that nodes are in. */
record VerticleClusterMember(NodeCluster cluster, ClusterJoin joining) {

    /** Reads the settings of a node, which say where its cluster is. */
    static VerticleClusterMember of(Path settings) {
        NodeCluster cluster = NodeCluster.read(settings);
        return new VerticleClusterMember(cluster, cluster.memberWithoutJobs());
    }

    VertxBuilder builder(VertxOptions options) {
        return joining.builder(options.setEventBusOptions(cluster.bus()));
    }

    String name() {
        return joining.name();
    }

    /** Where the member is, as told to a person. */
    String place(Vertx vertx) {
        return "in the cluster '" + name() + "' at " + joining.joined(vertx).address();
    }
}

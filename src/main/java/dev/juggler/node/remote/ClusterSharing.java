package dev.juggler.node.remote;

import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.cluster.Membership;
import dev.juggler.model.WorkerPoolFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Shares one run of a job with other nodes of its owner's cluster, and tracks which of them help. Thread-safe. */
public final class ClusterSharing {
    private final Membership members;
    private final HelpRequest request;
    private final int maxHelpers;
    private final Set<String> helpers = ConcurrentHashMap.newKeySet();

    /**
     * Shares a job that no other node helps with yet.
     *
     * @param epoch the number of times the job was started or taken over
     * @param nodes the maximum number of nodes that run its tasks, including the owner
     */
    public ClusterSharing(Membership members, String job, int epoch, int nodes) {
        this.members = members;
        this.request = new HelpRequest(job, epoch, members.self());
        this.maxHelpers = nodes - 1;
    }

    /** Returns the factory of a run's workers on this node and on those that help. This node's Vert.x is a member. */
    public WorkerPoolFactory workers() {
        return request -> new ClusterWorkerPool(request, this);
    }

    Membership members() {
        return members;
    }

    HelpRequest request() {
        return request;
    }

    /** Returns whether to ask this node for help: it helps already, or the limit allows one more. */
    boolean wants(String node) {
        return helpers.contains(node) || helpers.size() < maxHelpers;
    }

    /** Admits a node that offers help; false when there are enough of them. Called by one thread at a time. */
    boolean admit(String node) {
        boolean wanted = wants(node);
        if (wanted) {
            helpers.add(node);
        }
        return wanted;
    }

    void left(String node) {
        helpers.remove(node);
    }

    boolean helps(String node) {
        return helpers.contains(node);
    }
}

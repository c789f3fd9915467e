package dev.juggler.model;

import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.cluster.Membership;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How a job is shared with other nodes of its owner's cluster, and with which it is. Its methods may be called from any
 * thread.
 */
public final class ClusterSharing {
    private final Membership members;
    private final HelpRequest call;
    private final int most;
    private final Set<String> helpers = ConcurrentHashMap.newKeySet();

    /**
     * A job that nobody helps with yet.
     *
     * @param epoch how often the job was begun or taken over
     * @param nodes how many nodes do its tasks at most, the owner among them
     */
    public ClusterSharing(Membership members, String job, int epoch, int nodes) {
        this.members = members;
        this.call = new HelpRequest(job, epoch, members.self());
        this.most = nodes - 1;
    }

    Membership members() {
        return members;
    }

    HelpRequest call() {
        return call;
    }

    /** Whether this node is to be asked: it helps already, or there is room for one more. */
    boolean wants(String node) {
        return helpers.contains(node) || helpers.size() < most;
    }

    /** A node has come to help; false when there are enough of them. Called by one thread at a time. */
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

package dev.juggler.cluster;

import java.util.Set;

/** The present members of a cluster. Its methods may be called from any thread. */
public interface Membership {

    /** The node id of this JVM in the cluster. */
    String self();

    /** The node ids of all present members, including this one. */
    Set<String> nodes();

    /**
     * Notifies the listener of every change from now on.
     *
     * @return removes the listener
     */
    Runnable listen(Listener listener);

    /** The membership of a JVM that forms a cluster alone, under this id. */
    static Membership alone(String id) {
        return new Membership() {
            @Override
            public String self() {
                return id;
            }

            @Override
            public Set<String> nodes() {
                return Set.of(id);
            }

            @Override
            public Runnable listen(Listener listener) {
                return () -> {};
            }
        };
    }

    /** Receives changes one after another, on a thread of the cluster. Must not block. */
    interface Listener {
        /** A member has joined. */
        default void joined(String node) {}

        /** A member has left, has died or can no longer be reached. */
        void left(String node);
    }
}

package dev.juggler.cluster;

import java.util.Set;

/** Which JVMs of a cluster are there. Its methods may be called from any thread. */
public interface Membership {

    /** The id of this JVM in the cluster, as others see it. */
    String self();

    /** The ids of all JVMs that are there now, this one among them. */
    Set<String> nodes();

    /**
     * Tells the listener of every change from now on.
     *
     * @return ends that
     */
    Runnable listen(Listener listener);

    /** A JVM that is a cluster of its own, under this id. */
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

    /** Hears of changes on a thread of the cluster's, one after another; it must not block. */
    interface Listener {
        /** A JVM has joined. */
        default void joined(String node) {}

        /** A JVM has left, or is dead, or cannot be reached any more. */
        void left(String node);
    }
}

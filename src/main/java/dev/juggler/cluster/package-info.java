/**
 * The cluster: joins several JVMs into one event bus by a clustered Vert.x with Hazelcast, and tracks its members.
 *
 * <p>May use {@code job}, {@code bus} and {@code worker}. Changes of membership arrive on a thread of Hazelcast, one
 * after another.
 */
@NullMarked
package dev.juggler.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * Several JVMs as one event bus: the one place where a clustered Vert.x is made, with Hazelcast behind it, and who of
 * the cluster is there.
 *
 * <p>May use {@code job}, {@code bus} and {@code worker}. Membership is told on a thread of Hazelcast's, one event
 * after another.
 */
package dev.juggler.cluster;

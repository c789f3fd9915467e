/**
 * The job service as its callers see it: requests and replies as records with their JSON, and {@link
 * dev.juggler.client.JobClient}, which sends them over any event bus. The service reads and writes the same records, so
 * the two cannot drift apart.
 *
 * <p>May use {@code job} and {@code bus}. Records are immutable; the client may be used from any thread.
 */
package dev.juggler.client;

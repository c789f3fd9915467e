/**
 * The client of the job service: requests and replies as records with their JSON, and
 * {@link dev.juggler.client.JobClient}, which sends them over an event bus. The service uses the same records, so the
 * two cannot diverge.
 *
 * <p>Uses {@code job}, {@code bus} and {@code option}. Records are immutable; the client may be used from any thread.
 */
@NullMarked
package dev.juggler.client;

import org.jspecify.annotations.NullMarked;

/**
 * The concurrency models, side by side: {@link dev.juggler.model.SequentialModel},
 * {@link dev.juggler.model.ThreadsModel}, {@link dev.juggler.model.VirtualModel} and
 * {@link dev.juggler.model.AsyncModel} are ways to deploy the same workers, and what differs between models stands in
 * these four classes and nowhere else.
 *
 * <p>May use {@code job}, {@code work} and {@code worker}.
 */
package dev.juggler.model;

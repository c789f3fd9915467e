/**
 * The concurrency models, side by side: {@link dev.juggler.model.SequentialModel},
 * {@link dev.juggler.model.ThreadsModel}, {@link dev.juggler.model.VirtualModel} and
 * {@link dev.juggler.model.AsyncModel} are ways to deploy the same workers. All differences between these models are in
 * these four classes. The fifth model, processes, is in {@code model.processes}: it starts JVMs that deploy their
 * workers in one of the four ways.
 *
 * <p>May use {@code job}, {@code bus}, {@code work} and {@code worker}.
 */
@NullMarked
package dev.juggler.model;

import org.jspecify.annotations.NullMarked;

/**
 * Worker verticles, which run tasks. The same verticle runs on a worker thread, a virtual thread or an event loop. Its
 * {@link dev.juggler.worker.TaskRunner} is either blocking or asynchronous, to suit the threading model.
 *
 * <p>May use {@code job}, {@code work} and {@code bus}. A runner is confined to its worker's context. Only the watchdog
 * accesses it from another thread, when a task takes too long; the runner's lock guards the state they share.
 */
@NullMarked
package dev.juggler.worker;

import org.jspecify.annotations.NullMarked;

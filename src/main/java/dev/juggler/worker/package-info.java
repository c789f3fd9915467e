/**
 * Workers: the verticles that do tasks. The same verticle runs on a worker thread, a virtual thread or an event loop;
 * the threading model it is deployed with picks the style of its work ({@link dev.juggler.worker.TaskRunner}).
 *
 * <p>May use {@code job}, {@code work} and {@code bus}. A runner is confined to its worker's context, but for the
 * watchdog, which looks at it from outside when a task takes too long: what both touch is guarded by the runner's lock.
 */
package dev.juggler.worker;

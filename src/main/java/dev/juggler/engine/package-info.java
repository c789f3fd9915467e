/**
 * The composition root, and the face of Juggler as a library: a job and its inputs go in, a report comes out.
 *
 * <p>May use everything below. Calls are asynchronous and may be made from any thread.
 */
package dev.juggler.engine;

/**
 * The composition root and library API of Juggler: runs jobs with their inputs and returns their reports.
 *
 * <p>May use everything below. Calls are asynchronous and may be made from any thread.
 */
@NullMarked
package dev.juggler.engine;

import org.jspecify.annotations.NullMarked;

/**
 * Runs a function on each input, blocking on a worker's thread or on an event loop.
 *
 * <p>A function is {@link dev.juggler.work.compute.builtin.BuiltIn built in}, in a Java source file that is compiled in
 * memory, or in a class on a class path. May use {@code job} and {@code work}. A {@code ComputeWork} is shared by
 * threads; each worker has its own {@code TaskFunction}, and with it its own instance of the user's class where an
 * instance is needed. On an event loop a function runs on the loop itself, as CPU code in asyncio does; only
 * {@code sleep} and functions that return a {@code CompletionStage} leave the loop free while they wait.
 */
@NullMarked
package dev.juggler.work.compute;

import org.jspecify.annotations.NullMarked;

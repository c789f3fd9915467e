/**
 * Runs a function on each input, in either style: blocking on a worker's thread, or on an event loop.
 *
 * <p>A function is a {@link dev.juggler.work.compute.builtin.BuiltIn built-in one}, one in a Java source file that is
 * compiled in memory, or one in a class on a class path. May use {@code job} and {@code work}. A {@code ComputeWork} is
 * shared by threads; each worker has a {@code TaskFunction} of its own, and with it an instance of the user's class
 * where there is one. On an event loop a function runs on the loop itself, as CPU code in asyncio does; only
 * {@code sleep} and functions that return a {@code CompletionStage} leave the loop free while they wait.
 */
package dev.juggler.work.compute;

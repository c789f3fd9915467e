/**
 * Fetches URLs, in the blocking style and in that of event loops.
 *
 * <p>The chain of one fetch, in the order of reading: {@code FetchWork} (what all workers share) → {@code AsyncFetch}
 * or {@code BlockingFetch} (the style of one worker) → {@code FetchCall} (one attempt at one URL) →
 * {@code FetchRequests} (the next request) → {@code BodyTransfer} (one exchange, whose body is written while it comes)
 * → {@code ResponseRules} (the meaning of a response head) → {@code BodyDelivery} (a body becomes a file).
 * {@code FetchPhase} and {@code TransferPhase} say where a fetch and an exchange stand.
 *
 * <p>The styles differ in whose event loop it is and in which threads touch files: a few for all fetches of a loop in
 * {@code AsyncFetch}; in {@code BlockingFetch} the worker's own thread, which waits meanwhile.
 *
 * <p>May use {@code job}, {@code access}, {@code work} and the packages below it. {@code FetchWork} is shared by
 * threads; a {@code FetchCall} and its parts are confined to the loop, but for the methods that block on files. The
 * Vert.x instance bounds name lookups: set its {@code AddressResolverOptions}.
 */
@NullMarked
package dev.juggler.work.fetch;

import org.jspecify.annotations.NullMarked;

/**
 * How one URL is fetched, in both styles.
 *
 * <p>The transport does one exchange and knows no policy: {@code HttpExchange} over the Vert.x client, on the event loop
 * that its connections live on. The styles differ in whose loop that is and in which threads touch files: those of an
 * {@code AsyncFetch} are a few for all, a {@code BlockingFetch} does it on the worker's own thread, which waits meanwhile.
 * Everything a fetch must get right stands above, once, in plain classes: {@code Attempt} (what is sent where, redirects, what a status means),
 * {@code Intake} (how much of a body is taken), {@code BodyWriter} and {@code OutputFolder} (how a body becomes a file),
 * {@code ExchangeErrors} (what a failure is called).
 *
 * <p>May use {@code job} and {@code work}. {@code FetchWork} is shared by threads; an {@code Attempt} and its parts are
 * used by one thread at a time. What the
 * transport asks is {@code FetchStep}; a {@code SegmentFetch} answers it for one of several ranges of a body. The Vert.x instance bounds name lookups: set its {@code AddressResolverOptions}.
 */
package dev.juggler.work.fetch;

/**
 * How one URL is fetched, in both styles.
 *
 * <p>The two transports do one exchange each and know no policy: {@code AsyncExchange} over the Vert.x client on an
 * event loop, {@code BlockingExchange} over the JDK's client on a thread of its own. Everything a fetch must get right
 * stands above both, once, in plain classes: {@code Attempt} (what is sent where, redirects, what a status means),
 * {@code Intake} (how much of a body is taken), {@code Saving} and {@code OutputFolder} (how a body becomes a file),
 * {@code Faults} (what a failure is called).
 *
 * <p>May use {@code job} and {@code work}. {@code FetchWork} is shared by threads; an {@code Attempt} and its parts are
 * used by one thread at a time. What the
 * transports ask is {@code Policy}; a {@code Segment} answers it for one of several ranges of a body. The Vert.x instance bounds name lookups: set its {@code AddressResolverOptions}.
 */
package dev.juggler.work.fetch;

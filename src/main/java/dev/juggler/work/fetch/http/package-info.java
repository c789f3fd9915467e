/**
 * The connection and protocol side of a fetch: connections, exchanges, headers, content codings and the evaluation of
 * responses.
 *
 * <p>May use {@code job}, {@code access}, {@code work} and {@code work.fetch.url}. Connections and exchanges are
 * confined to the event loop that created them.
 */
@NullMarked
package dev.juggler.work.fetch.http;

import org.jspecify.annotations.NullMarked;

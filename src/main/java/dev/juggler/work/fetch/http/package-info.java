/**
 * The connection and protocol side of a fetch: connections, exchanges, headers, content codings and what an answer
 * means.
 *
 * <p>May use {@code job}, {@code access}, {@code work} and {@code work.fetch.url}. Connections and exchanges are
 * confined to the event loop they are made on.
 */
package dev.juggler.work.fetch.http;

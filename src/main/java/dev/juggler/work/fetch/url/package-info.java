/**
 * URLs: parsing, percent-encoding and origins.
 *
 * <p>May use {@code access} and {@code work}. All types are immutable or stateless.
 */
@NullMarked
package dev.juggler.work.fetch.url;

import org.jspecify.annotations.NullMarked;

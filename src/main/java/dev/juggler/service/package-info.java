/**
 * Verticles that run single tasks for any client on the event bus, each at a well-known address.
 *
 * <p>May use {@code job}, {@code bus}, {@code work} and {@code worker}. A verticle's requests are confined to its
 * context.
 */
@NullMarked
package dev.juggler.service;

import org.jspecify.annotations.NullMarked;

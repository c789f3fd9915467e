/**
 * The event bus between a coordinator and its workers: addresses, messages and the codec that carries them.
 *
 * <p>May use {@code job}. Messages are immutable records, passed by reference inside one JVM and as bytes
 * ({@code WireFormat}) between JVMs.
 */
@NullMarked
package dev.juggler.bus;

import org.jspecify.annotations.NullMarked;

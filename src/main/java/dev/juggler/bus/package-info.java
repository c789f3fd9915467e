/**
 * The event bus between a coordinator and its workers: addresses, messages, and the codec that carries them.
 *
 * <p>May use {@code job}. Messages are immutable records: by reference inside one JVM, as bytes ({@code WireFormat})
 * between JVMs.
 */
package dev.juggler.bus;

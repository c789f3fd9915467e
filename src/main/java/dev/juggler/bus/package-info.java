/**
 * The event bus between a coordinator and its workers: addresses, messages, and the codec that carries them.
 *
 * <p>May use {@code job}. Messages are immutable records and pass by reference inside one JVM.
 */
package dev.juggler.bus;

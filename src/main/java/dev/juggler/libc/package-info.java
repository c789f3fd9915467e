/**
 * Calls functions of the C library that the JDK does not offer, without JNI.
 *
 * <p>May use nothing of Juggler. Its calls block as the functions do, and may be made on any thread.
 */
@NullMarked
package dev.juggler.libc;

import org.jspecify.annotations.NullMarked;

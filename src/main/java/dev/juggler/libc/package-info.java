/**
 * The C library, called without JNI: what the JDK has no way to.
 *
 * <p>May use nothing of Juggler. Its calls block as the functions do, and may be made on any thread.
 */
package dev.juggler.libc;

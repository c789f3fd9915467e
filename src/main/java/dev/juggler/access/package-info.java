/**
 * Authentication, TLS and proxies: variables for secrets, logins from a {@code .netrc}, cookies, certificates and
 * proxies. Plain classes, independent of any HTTP client; the callers decide which request gets what.
 *
 * <p>May use no other package of Juggler. An invalid file or option causes an {@code IllegalArgumentException} with a
 * one-line message for the user, which never contains a secret. Files are read when an object is created, which blocks;
 * afterwards all objects are safe for use by several threads.
 */
@NullMarked
package dev.juggler.access;

import org.jspecify.annotations.NullMarked;

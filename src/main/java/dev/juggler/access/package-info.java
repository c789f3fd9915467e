/**
 * As whom a server is asked and by which way: variables that stand for secrets, logins out of a {@code .netrc},
 * cookies, certificates, proxies. Policy in plain classes, above any HTTP client; which request gets what is decided by
 * those who ask.
 *
 * <p>May use nothing of Juggler. What is wrong with a file or an option is an {@code IllegalArgumentException} with a
 * message of one line for a person, which never holds a secret. Files are read when an object is made, which blocks;
 * afterwards all objects are safe for use by several threads.
 */
package dev.juggler.access;

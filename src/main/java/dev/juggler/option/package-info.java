/**
 * The options of fetch: one table that the command line, {@code submit}, the requests of the bus and the permissions of
 * a node all read.
 *
 * <p>Uses {@code job} and {@code access}. Everything here is immutable.
 */
@NullMarked
package dev.juggler.option;

import org.jspecify.annotations.NullMarked;

/**
 * A quick start of the program: one merged jar, class files that the AOT cache accepts, shipped settings and logging
 * without parsers, and a limit on the heap.
 *
 * <p>Uses no other package. Everything here runs once, before a command or beside it.
 */
@NullMarked
package dev.juggler.boot;

import org.jspecify.annotations.NullMarked;

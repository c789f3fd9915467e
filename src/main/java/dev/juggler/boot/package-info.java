/**
 * Starting the program quickly: one merged jar, class files that the AOT cache takes, shipped settings and log set up without
 * parsers, and a bound on the heap.
 *
 * <p>Uses no other package. Everything here runs once, before or beside a command.
 */
package dev.juggler.boot;

/**
 * The journal: an append-only file of outcomes, one JSON row an attempt, the first row naming the job. It is the record
 * that survives a kill: rows are forced to disk in groups, a torn last row is cut off, and a later run leaves out what
 * an earlier one has done.
 *
 * <p>May use {@code job}. A journal is written by one thread; forcing to disk happens on another.
 */
package dev.juggler.journal;

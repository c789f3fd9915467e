/**
 * The journal: an append-only file of outcomes, with one JSON row per attempt after a first row that names the job. It
 * survives a kill: rows are forced to disk in groups, an incomplete last row is removed, and a later run skips the
 * tasks that an earlier one completed.
 *
 * <p>May use {@code job}. A journal is written by one thread; forcing to disk happens on another.
 */
@NullMarked
package dev.juggler.journal;

import org.jspecify.annotations.NullMarked;

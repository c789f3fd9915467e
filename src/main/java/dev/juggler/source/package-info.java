/**
 * The sources of inputs: arguments with ranges and braces, list files, standard input, globs, parts of a large file,
 * links in the JSON of an API. All are lazy: a list of a million lines or a range of a hundred million numbers starts
 * at once and is never in memory as a whole.
 *
 * <p>May use {@code job}. A source blocks while it reads, so it is read on a worker thread, by one thread at a time.
 */
@NullMarked
package dev.juggler.source;

import org.jspecify.annotations.NullMarked;

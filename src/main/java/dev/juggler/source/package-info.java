/**
 * Where inputs come from: arguments with ranges and braces, list files, standard input, globs, parts of a large file,
 * links in the JSON of an API. All of it is lazy: a list of a million lines or a range of a hundred million numbers
 * starts at once and never lies in memory.
 *
 * <p>May use {@code job}. A source blocks while it reads, so it is read on a worker thread, by one thread at a time.
 */
package dev.juggler.source;

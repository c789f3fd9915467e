/**
 * The saving side of a fetch: file names, part files, checksums and the folder bodies are saved in.
 *
 * <p>May use {@code job}, {@code access}, {@code libc}, {@code work} and the packages of a fetch below it. Most methods
 * block on files.
 */
@NullMarked
package dev.juggler.work.fetch.saving;

import org.jspecify.annotations.NullMarked;

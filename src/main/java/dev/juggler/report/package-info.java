/**
 * Arithmetic and pictures of what a run came to: tables and charts for a terminal or a file.
 *
 * <p>May use {@code job}. Everything here is immutable or confined to one call, so any thread may use it;
 * nothing blocks.
 */
package dev.juggler.report;

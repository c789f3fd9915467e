/**
 * Pictures of a comparison: a page of HTML that needs nothing but itself, and charts in files.
 *
 * <p>May use {@code job} and {@code report}. Everything here is immutable or confined to one call; making a picture
 * takes some tenths of a second of computing and blocks the thread that asks for it.
 */
package dev.juggler.report.page;

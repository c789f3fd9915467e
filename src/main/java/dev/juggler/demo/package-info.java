/**
 * What the demo needs so that it needs nothing of the user's: a site on the loopback interface, files in a folder, and
 * the tutorials' workloads as command lines that use both.
 *
 * <p>May use {@code report}. The site runs on event loops, as many instances of one verticle; pictures and files are
 * made by code that blocks, which the site hands to worker threads itself.
 */
package dev.juggler.demo;

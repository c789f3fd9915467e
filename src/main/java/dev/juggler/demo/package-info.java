/**
 * The demo's own environment: a site on the loopback interface, files in a folder, and the tutorials' workloads as
 * command lines that use both.
 *
 * <p>May use {@code report}. The site runs as several instances of one verticle on event loops. Creating pictures and
 * files blocks; the site does it on worker threads.
 */
@NullMarked
package dev.juggler.demo;

import org.jspecify.annotations.NullMarked;

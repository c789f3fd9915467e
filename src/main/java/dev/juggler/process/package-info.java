/**
 * Child JVMs: the command that starts one, the protocol over its standard streams and the forwarding of its output. A
 * parent holds a {@link dev.juggler.process.ChildProcess}, the child's main method calls
 * {@link dev.juggler.process.ParentLink#serve}. Also signal handlers.
 *
 * <p>Uses no other package. Methods may be called from any thread.
 */
@NullMarked
package dev.juggler.process;

import org.jspecify.annotations.NullMarked;

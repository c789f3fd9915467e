/**
 * Child JVMs: the command that starts one, the conversation over its standard streams, and what is passed on of its
 * stderr.
 *
 * <p>Uses no other package. The methods of {@link dev.juggler.process.ChildProcess} may be called from any thread.
 */
package dev.juggler.process;

/**
 * The execution of one task, in two styles: code that may block ({@link dev.juggler.work.BlockingWork}, for worker and
 * virtual threads) and code that never does ({@link dev.juggler.work.AsyncWork}, for an event loop). The three kinds of
 * work are in subpackages.
 *
 * <p>May use {@code job}. A {@code WorkProvider} is shared by threads; its sessions are confined to one worker.
 */
@NullMarked
package dev.juggler.work;

import org.jspecify.annotations.NullMarked;

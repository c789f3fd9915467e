/**
 * How one task is done, in two styles: code that may block ({@link dev.juggler.work.BlockingWork}, for worker and
 * virtual threads) and code that never does ({@link dev.juggler.work.AsyncWork}, for an event loop). The three kinds of
 * work live in the packages below.
 *
 * <p>May use {@code job}. A {@code WorkProvider} is shared by threads; the works it gives are confined to one worker.
 */
package dev.juggler.work;

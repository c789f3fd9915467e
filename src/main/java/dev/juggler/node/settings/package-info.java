/**
 * The settings of a node and what they permit, with what all parts of a node share: rejections and calls that block.
 *
 * <p>{@code Permissions} is the only place where a request becomes work.
 *
 * <p>May use the engine and everything below it.
 */
@NullMarked
package dev.juggler.node.settings;

import org.jspecify.annotations.NullMarked;

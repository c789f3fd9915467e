/**
 * The commands of a cluster: starting nodes and verticles, submitting jobs and following them.
 *
 * <p>May use {@code cli.command}, {@code cli.run} and everything below them.
 */
package dev.juggler.cli.cluster;

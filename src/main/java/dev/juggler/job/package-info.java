/**
 * The vocabulary of Juggler: jobs, tasks, outcomes and the policies that bound them, as immutable records and sealed
 * types.
 *
 * <p>May use nothing of Juggler and no Vert.x. Every type here crosses threads by reference, so none can change.
 */
package dev.juggler.job;

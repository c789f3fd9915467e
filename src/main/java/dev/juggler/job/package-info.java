/**
 * The vocabulary of Juggler: jobs, tasks, outcomes and the policies that limit them, as immutable records and sealed
 * types.
 *
 * <p>Uses no other package of Juggler, and no Vert.x. Instances cross threads by reference, so all but builders and
 * {@link dev.juggler.job.OutcomeRows} are immutable.
 */
@NullMarked
package dev.juggler.job;

import org.jspecify.annotations.NullMarked;

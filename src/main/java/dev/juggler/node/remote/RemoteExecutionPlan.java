package dev.juggler.node.remote;

import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;

/**
 * Another node's job as this node runs it, within what this node permits.
 *
 * @param job what is run
 * @param work how its tasks are run, prepared
 */
public record RemoteExecutionPlan(Job job, WorkProvider work) {

    /** Makes the plans of a node; blocks. */
    @FunctionalInterface
    public interface Planner {

        /**
         * Looks up the job that another node asks for help with, and prepares its work.
         *
         * @throws dev.juggler.node.settings.RejectedRequestException when this node does not permit the job, or its
         *     owner does not have it any more
         * @throws dev.juggler.work.InvalidWorkException when the work cannot be prepared here
         */
        RemoteExecutionPlan plan(HelpRequest call);
    }
}

package dev.juggler.node.remote;

import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;

/**
 * Another node's job as this node runs it, within its own permissions.
 *
 * @param job the job
 * @param work its prepared work
 */
public record RemoteExecutionPlan(Job job, WorkProvider work) {

    /** Creates the plans of a node; blocks. */
    @FunctionalInterface
    public interface Planner {

        /**
         * Looks up the job that another node requests help for, and prepares its work.
         *
         * @throws dev.juggler.node.settings.RejectedRequestException when this node does not permit the job, or its
         *     owner no longer has it
         * @throws dev.juggler.work.InvalidWorkException when the work cannot be prepared here
         */
        RemoteExecutionPlan plan(HelpRequest call);
    }
}

package dev.juggler.node;

import dev.juggler.bus.BusMessage.HelpRequest;
import dev.juggler.job.Job;
import dev.juggler.work.WorkProvider;

/**
 * Another node's job as this one does it: no more of it than this node allows. Blocks.
 *
 * @param job what is run
 * @param work how tasks are done, ready
 */
record RemoteExecutionPlan(Job job, WorkProvider work) {

    /**
     * Makes the plan.
     *
     * @throws RejectedRequestException when the node does not allow the job, or its owner has it no more
     * @throws dev.juggler.work.InvalidWorkException when the work cannot be made ready here
     */
    static RemoteExecutionPlan of(HelpRequest call, SharedJobs shared, Permissions permissions, int mostConcurrent) {
        StoredJob stored = shared.of(call.owner(), call.epoch(), call.job())
                .orElseThrow(() -> RejectedRequestException.unavailable("that node does not have it any more"));
        Job job = JobPlan.job(stored, permissions, mostConcurrent);
        return new RemoteExecutionPlan(job, permissions.prepare(job.work()));
    }
}

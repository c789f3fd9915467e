package dev.juggler.node.jobs;

import dev.juggler.client.JobRequest;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Input;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.Task;
import dev.juggler.job.WorkSpec;
import dev.juggler.node.settings.Permissions;
import dev.juggler.node.settings.RejectedRequestException;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.InvalidWorkException;
import dev.juggler.work.WorkProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Turns a request into what the engine runs: the job, its inputs and its work. Blocks.
 *
 * @param job the job
 * @param inputs its inputs, opened
 * @param work the work, prepared
 */
public record JobPlan(Job job, Source inputs, WorkProvider work) {

    /**
     * Makes the plan of a job.
     *
     * @throws RejectedRequestException when the node does not allow it
     * @throws IllegalArgumentException when an option or an input is wrong
     * @throws dev.juggler.work.InvalidWorkException when the work is
     * @throws IOException when the inputs cannot be opened
     */
    static JobPlan of(StoredJob stored, Permissions permissions) throws IOException {
        Job job = job(stored, permissions);
        Source inputs = inputs(stored.request(), permissions);
        try {
            return new JobPlan(job, inputs, permissions.prepare(job.work()));
        } catch (RuntimeException e) {
            inputs.close();
            throw e;
        }
    }

    /**
     * Makes the plan and closes it.
     *
     * @throws RejectedRequestException with the reason, when the plan cannot be made
     */
    static void check(StoredJob stored, Permissions permissions) {
        try {
            JobPlan plan = of(stored, permissions);
            plan.work.close();
            plan.inputs.close();
        } catch (IOException | IllegalArgumentException | InvalidWorkException e) {
            throw RejectedRequestException.bad(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The most nodes that run tasks of the job. Sharing a sequential job would run several tasks at a time, and saved
     * files should be on one machine.
     */
    int nodes(JobRequest request) {
        boolean saves = request.work() instanceof JobRequest.Fetch fetch
                && fetch.options().has(FetchOptions.OUTPUT_DIR);
        return job.model() == ConcurrencyModel.SEQUENTIAL || saves ? 1 : Integer.MAX_VALUE;
    }

    /**
     * The job as this node runs it.
     *
     * @throws RejectedRequestException when the node does not allow it
     * @throws IllegalArgumentException when an option is wrong
     */
    public static Job job(StoredJob stored, Permissions permissions) {
        JobRequest request = stored.request();
        WorkSpec work = permissions.work(request);
        ConcurrencyModel model = request.model() == null ? work.kind().defaultModel() : request.model();
        int cores = Runtime.getRuntime().availableProcessors();
        if (model == ConcurrencyModel.PROCESSES) {
            throw RejectedRequestException.bad(
                    "'model' cannot be processes on a node, since nodes are the processes of a cluster: choose another"
                            + " model");
        }
        int concurrency =
                request.concurrency() == null ? work.kind().defaultConcurrency(model, cores) : request.concurrency();
        int mostConcurrent = permissions.settings().jobs().concurrency();
        if (concurrency > mostConcurrent) {
            throw RejectedRequestException.bad(
                    "'concurrency' is at most " + mostConcurrent + " on this node, not " + concurrency);
        }
        return Job.builder(stored.id(), work)
                .model(model, concurrency)
                .chunking(request.chunk() == null ? new Chunking.Auto() : request.chunk())
                .limits(limits(request))
                .retry(RetryPolicy.of(request.retries() == null ? 0 : request.retries()))
                .build();
    }

    private static Limits limits(JobRequest request) {
        Limits limits = new Limits(
                Optional.ofNullable(request.timeout()),
                Optional.ofNullable(request.deadline()),
                request.halt() == null ? new HaltPolicy.Never() : request.halt(),
                Optional.ofNullable(request.rate()));
        return request.work() instanceof JobRequest.Fetch fetch
                ? limits.with(fetch.options().perOrigin())
                : limits;
    }

    private static Source inputs(JobRequest request, Permissions permissions) throws IOException {
        JobRequest.Inputs asked = request.inputs();
        List<Source> sources = new ArrayList<>();
        if (asked.items() != null) {
            sources.add(new Items(asked.items()));
        }
        if (asked.expand() != null) {
            boolean urls = request.work() instanceof JobRequest.Fetch;
            sources.add(Sources.arguments(asked.expand(), urls ? ExpansionMode.BRACES : ExpansionMode.RANGES));
        }
        if (asked.list() != null) {
            sources.add(Sources.list(permissions.list(asked.list())));
        }
        if (!(request.work() instanceof JobRequest.Fetch fetch)) {
            return Sources.concat(sources);
        }
        FetchOptionValues from = asked.from();
        if (from != null) {
            sources.add(permissions.fetches().api(request, fetch, from));
        }
        return Sources.urls(Sources.concat(sources));
    }

    /** The inputs in the request itself. */
    private static final class Items implements Source {
        private final List<Object> items;
        private int index;

        Items(List<Object> items) {
            this.items = items;
        }

        @Override
        public List<Task> next(int max) {
            List<Task> page = new ArrayList<>();
            Iterator<Object> rest = items.listIterator(index);
            while (rest.hasNext() && page.size() < max) {
                page.add(new Task(index++, input(rest.next())));
            }
            return page;
        }

        private static Input input(Object item) {
            return switch (item) {
                case Integer number -> new Input.Whole(number);
                case Long number -> new Input.Whole(number);
                default -> new Input.Text(item.toString());
            };
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(items.size());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}

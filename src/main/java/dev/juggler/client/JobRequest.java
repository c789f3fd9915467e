package dev.juggler.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Rate;
import dev.juggler.job.WorkKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A job as it is asked for. What is null is the service's default for that kind of work.
 *
 * @param key the name the client gives to this submission, from 1 to 200 characters: submitted twice under one key it is
 *     one job, however often the reply was lost
 * @param work what is done with each input; never null
 * @param inputs what it is done with; never null
 * @param model where tasks run and how many at a time
 * @param concurrency workers, or tasks in flight for {@code async}, on each node; at least 1
 * @param chunk how many tasks travel together
 * @param retries further attempts after a failure that may pass; from 0 to 1000
 * @param timeout how long one attempt may take
 * @param deadline how long the job may run, counted anew when a node goes on with it
 * @param halt how many failed tasks stop the job
 * @param rate how many tasks may start in a time
 */
public record JobRequest(
        String key,
        RequestedWork work,
        Inputs inputs,
        ConcurrencyModel model,
        Integer concurrency,
        Chunking chunk,
        Integer retries,
        Duration timeout,
        Duration deadline,
        HaltPolicy halt,
        Rate rate) {
    private static final int LONGEST_KEY = 200;

    /**
     * Checks what needs no node to be checked.
     *
     * @throws IllegalArgumentException with one line for a person
     */
    public JobRequest {
        if (key == null || key.isBlank() || key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("'key' is missing or too long: give each submission a name of up to "
                    + LONGEST_KEY + " characters, such as a UUID");
        }
        if (work == null) {
            throw new IllegalArgumentException("'work' is missing: say what is done with each input");
        }
        if (inputs == null) {
            throw new IllegalArgumentException("'inputs' is missing: say what the work is done with");
        }
        if (inputs.from() != null && !(work instanceof Fetch)) {
            throw new IllegalArgumentException("'inputs.from' is for fetch: the links of an API are fetched");
        }
    }

    /** A job under a key of its own, with the service's defaults. */
    public static JobRequest of(RequestedWork work, Inputs inputs) {
        String key = UUID.randomUUID().toString();
        return new JobRequest(key, work, inputs, null, null, null, null, null, null, null, null);
    }

    /** The same under another key. */
    public JobRequest withKey(String other) {
        return new JobRequest(other, work, inputs, model, concurrency, chunk, retries, timeout, deadline, halt, rate);
    }

    /** The same under this model, with so many workers, or tasks in flight; null for the model's default. */
    public JobRequest withModel(ConcurrencyModel other, Integer workers) {
        return new JobRequest(key, work, inputs, other, workers, chunk, retries, timeout, deadline, halt, rate);
    }

    /** The same with so many further attempts after a failure that may pass. */
    public JobRequest withRetries(int attempts) {
        return new JobRequest(key, work, inputs, model, concurrency, chunk, attempts, timeout, deadline, halt, rate);
    }

    /** What is done with each input; in JSON the member {@code kind} tells which. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fetch.class, name = "fetch"),
        @JsonSubTypes.Type(value = Compute.class, name = "compute"),
        @JsonSubTypes.Type(value = Exec.class, name = "exec")
    })
    public sealed interface RequestedWork permits Fetch, Compute, Exec {
        /** The kind of work that this is; in JSON its {@link WorkKind#id() id}. */
        WorkKind kind();
    }

    /**
     * Reads what is at each URL.
     *
     * @param method null for GET, or POST with a body
     * @param headers sent to the origin of the URL and to no other; null for none
     * @param body null for none
     * @param output the folder bodies are saved in, below the one the node allows; null to read them only
     * @param maxRedirects null for the default
     * @param perHost how many of the job's requests to one origin there are at a time; null for any number
     * @param credentials the node's name for as whom its one origin is asked; null for nobody
     * @param transfer how hard servers and the line are used; null for the defaults
     * @param saving how bodies are saved; null for the defaults
     */
    public record Fetch(
            String method,
            Map<String, String> headers,
            String body,
            String output,
            Integer maxRedirects,
            Integer perHost,
            String credentials,
            JobFetchOptions.Transfer transfer,
            JobFetchOptions.Saving saving)
            implements RequestedWork {
        /** A GET that saves nothing. */
        public static final Fetch READ = new Fetch(null, null, null, null, null, null);

        /** One without credentials, with the defaults of transfers and of saving. */
        public Fetch(
                String method,
                Map<String, String> headers,
                String body,
                String output,
                Integer maxRedirects,
                Integer perHost) {
            this(method, headers, body, output, maxRedirects, perHost, null, null, null);
        }

        @Override
        public WorkKind kind() {
            return WorkKind.FETCH;
        }
    }

    /**
     * Calls a function.
     *
     * @param function its name, as the node knows it; for a source the name of its file, such as {@code Square.java}
     * @param source the text of a Java source file, which the node takes only when its settings say so; otherwise null
     */
    public record Compute(String function, String source) implements RequestedWork {
        public Compute {
            if (function == null) {
                throw new IllegalArgumentException("'function' is missing");
            }
        }

        @Override
        public WorkKind kind() {
            return WorkKind.COMPUTE;
        }
    }

    /**
     * Runs a program.
     *
     * @param command one word: the name of a command that the node allows; several: such a command as the node has it
     */
    public record Exec(List<String> command) implements RequestedWork {
        public Exec {
            if (command == null || command.isEmpty() || command.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("'command' is missing: name a command that the node allows");
            }
            command = List.copyOf(command);
        }

        @Override
        public WorkKind kind() {
            return WorkKind.EXEC;
        }
    }

    /**
     * The inputs: those of all four together, in this order; what is null adds none.
     *
     * @param items the inputs themselves, texts and whole numbers, as many as the node takes in one message
     * @param expand what stands for many: {@code 1..1000000} for functions and programs, {@code {1..30}} in a URL
     * @param list a file of the node, below the folder it allows, with an input a line
     * @param from an API whose JSON tells the URLs
     */
    public record Inputs(List<Object> items, List<String> expand, String list, JobFetchOptions.Api from) {
        /**
         * Checks the types.
         *
         * @throws IllegalArgumentException when all are null, or an item is neither text nor a whole number
         */
        public Inputs {
            if (items == null && expand == null && list == null && from == null) {
                throw new IllegalArgumentException("no inputs: give 'items', 'expand', 'list' or 'from'");
            }
            for (Object item : items == null ? List.of() : items) {
                boolean whole = item instanceof Integer || item instanceof Long || item instanceof java.math.BigInteger;
                if (!whole && !(item instanceof String)) {
                    throw new IllegalArgumentException("an item is text or a whole number, not " + item);
                }
            }
            if (expand != null && expand.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("null cannot be expanded");
            }
            items = items == null ? null : List.copyOf(items);
            expand = expand == null ? null : List.copyOf(expand);
        }

        /** These inputs. */
        public static Inputs of(List<?> items) {
            return new Inputs(List.copyOf(items), null, null, null);
        }

        /** What these stand for. */
        public static Inputs expanded(String... patterns) {
            return new Inputs(null, List.of(patterns), null, null);
        }

        /** The lines of a file of the node. */
        public static Inputs list(String file) {
            return new Inputs(null, null, file, null);
        }

        /** The links that an API tells. */
        public static Inputs from(JobFetchOptions.Api api) {
            return new Inputs(null, null, null, api);
        }
    }
}

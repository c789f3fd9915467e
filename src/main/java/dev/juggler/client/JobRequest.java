package dev.juggler.client;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Rate;
import dev.juggler.job.WorkKind;
import dev.juggler.option.FetchOption;
import dev.juggler.option.FetchOption.Part;
import dev.juggler.option.FetchOptionValues;
import dev.juggler.option.FetchOptions;
import dev.juggler.option.NameStyle;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a job. Null selects the node's default for the kind of work.
 *
 * @param key the client's name for this submission, from 1 to 200 characters; resubmitting a request under its key
 *     yields the same job, so a submission may be repeated when its reply is lost
 * @param work the work on each input; never null
 * @param inputs the inputs; never null
 * @param model the concurrency model
 * @param concurrency the workers, or tasks in flight for {@code async}, of each node; at least 1
 * @param chunk the number of tasks in one message
 * @param retries the retries after transient failures, from 0 to 1000
 * @param timeout the time limit of one attempt
 * @param deadline the time limit of the job, which starts again when another node resumes it
 * @param halt the number of failed tasks that stops the job
 * @param rate the limit on task starts per second
 */
public record JobRequest(
        String key,
        RequestedWork work,
        Inputs inputs,
        @Nullable ConcurrencyModel model,
        @Nullable Integer concurrency,
        @Nullable Chunking chunk,
        @Nullable Integer retries,
        @Nullable Duration timeout,
        @Nullable Duration deadline,
        @Nullable HaltPolicy halt,
        @Nullable Rate rate) {
    private static final int MAX_KEY_LENGTH = 200;

    /**
     * Checks the request as far as possible without a node.
     *
     * @throws IllegalArgumentException with a one-line message, when it is invalid
     */
    public JobRequest {
        if (key == null || key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("'key' is missing or too long; give each submission a name of up to "
                    + MAX_KEY_LENGTH + " characters, such as a UUID");
        }
        if (work == null) {
            throw new IllegalArgumentException("'work' is missing; give the work to do on each input");
        }
        if (inputs == null) {
            throw new IllegalArgumentException("'inputs' is missing; give the inputs of the work");
        }
        if (inputs.from() != null && !(work instanceof Fetch)) {
            throw new IllegalArgumentException(
                    "'inputs.from' requires work of kind 'fetch': the links of an API are URLs");
        }
    }

    /** Creates a request under a random key, with the node's defaults. */
    public static JobRequest of(RequestedWork work, Inputs inputs) {
        return builder(work, inputs).build();
    }

    /** Creates a builder with a random key and the node's defaults. */
    public static Builder builder(RequestedWork work, Inputs inputs) {
        return new Builder(UUID.randomUUID().toString(), work, inputs);
    }

    private Builder toBuilder() {
        Builder builder = new Builder(key, work, inputs);
        builder.model = model;
        builder.concurrency = concurrency;
        builder.chunk = chunk;
        builder.retries = retries;
        builder.timeout = timeout;
        builder.deadline = deadline;
        builder.halt = halt;
        builder.rate = rate;
        return builder;
    }

    /** Returns this request under another key. */
    public JobRequest withKey(String other) {
        return toBuilder().key(other).build();
    }

    /**
     * Returns this request under another model, with this many workers, or tasks in flight; null for the model's
     * default.
     */
    public JobRequest withModel(ConcurrencyModel other, @Nullable Integer workers) {
        Builder builder = toBuilder().model(other);
        builder.concurrency = workers;
        return builder.build();
    }

    /** Returns this request with another number of retries. */
    public JobRequest withRetries(int attempts) {
        return toBuilder().retries(attempts).build();
    }

    /** Builds a {@link JobRequest}; see its components. Used by one thread at a time. */
    public static final class Builder {
        private String key;
        private final RequestedWork work;
        private final Inputs inputs;
        private @Nullable ConcurrencyModel model;
        private @Nullable Integer concurrency;
        private @Nullable Chunking chunk;
        private @Nullable Integer retries;
        private @Nullable Duration timeout;
        private @Nullable Duration deadline;
        private @Nullable HaltPolicy halt;
        private @Nullable Rate rate;

        private Builder(String key, RequestedWork work, Inputs inputs) {
            this.key = key;
            this.work = work;
            this.inputs = inputs;
        }

        /** Sets the client's name for the submission. */
        public Builder key(String name) {
            key = name;
            return this;
        }

        /** Sets the concurrency model. */
        public Builder model(ConcurrencyModel name) {
            model = name;
            return this;
        }

        /** Sets the workers, or tasks in flight, of each node. */
        public Builder concurrency(int workers) {
            concurrency = workers;
            return this;
        }

        /** Sets the number of tasks in one message. */
        public Builder chunk(Chunking tasks) {
            chunk = tasks;
            return this;
        }

        /** Sets the number of retries after transient failures. */
        public Builder retries(int attempts) {
            retries = attempts;
            return this;
        }

        /** Sets the time limit of one attempt. */
        public Builder timeout(Duration ofAttempt) {
            timeout = ofAttempt;
            return this;
        }

        /** Sets the time limit of the job. */
        public Builder deadline(Duration ofJob) {
            deadline = ofJob;
            return this;
        }

        /** Sets the number of failed tasks that stops the job. */
        public Builder halt(HaltPolicy policy) {
            halt = policy;
            return this;
        }

        /** Sets the limit on task starts. */
        public Builder rate(Rate starts) {
            rate = starts;
            return this;
        }

        /**
         * Builds the request.
         *
         * @throws IllegalArgumentException with a one-line message, when a value is missing or invalid
         */
        public JobRequest build() {
            return new JobRequest(key, work, inputs, model, concurrency, chunk, retries, timeout, deadline, halt, rate);
        }
    }

    /** The work on each input; in JSON, the member {@code kind} selects the type. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Fetch.class, name = "fetch"),
        @JsonSubTypes.Type(value = Compute.class, name = "compute"),
        @JsonSubTypes.Type(value = Exec.class, name = "exec")
    })
    public sealed interface RequestedWork permits Fetch, Compute, Exec {
        /** Returns the kind of this work; in JSON its {@link WorkKind#id() id}. */
        WorkKind kind();
    }

    /**
     * Fetches each URL.
     *
     * @param options the options of requests, limits and saving: every option of {@link FetchOptions} that a request
     *     may have, except those of an API, which are inputs
     */
    public record Fetch(FetchOptionValues options) implements RequestedWork {
        /** The parts of a request with these options. */
        public static final List<Part> PARTS = List.of(Part.WORK, Part.TRANSFER, Part.SAVING);

        /** A GET that saves nothing. */
        public static final Fetch READ = new Fetch(FetchOptionValues.NONE);

        /**
         * Checks ranges and contradictions.
         *
         * @throws IllegalArgumentException with a one-line message, when an option is invalid
         */
        public Fetch {
            checkParts(options, PARTS);
            options.check(NameStyle.REQUEST);
        }

        /** Returns this fetch with an option set, replacing an earlier value. */
        public <T> Fetch with(FetchOption<T> option, T value) {
            return new Fetch(options.with(option, value));
        }

        @Override
        public WorkKind kind() {
            return WorkKind.FETCH;
        }
    }

    private static void checkParts(FetchOptionValues options, List<Part> parts) {
        for (FetchOption<?> option : options.options()) {
            if (option.part().filter(parts::contains).isEmpty()) {
                throw new IllegalArgumentException(option + " is not an option of this part of a request"
                        + option.refusal().map(reason -> ": " + reason).orElse(""));
            }
        }
    }

    /**
     * Calls a function.
     *
     * @param function its name on the node; for a source the name of its file, such as {@code Square.java}
     * @param source the text of a Java source file, which a node accepts only when its settings allow it; otherwise
     *     null
     */
    public record Compute(String function, @Nullable String source) implements RequestedWork {
        /**
         * Checks the name.
         *
         * @throws IllegalArgumentException when it is missing
         */
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
     * @param command one word, the name of a command that the node allows, or all words of such a command
     */
    public record Exec(List<String> command) implements RequestedWork {
        /**
         * Checks the command.
         *
         * @throws IllegalArgumentException when it is missing
         */
        public Exec {
            if (command == null || command.isEmpty() || command.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("'command' is missing; name a command that the node allows");
            }
            command = List.copyOf(command);
        }

        @Override
        public WorkKind kind() {
            return WorkKind.EXEC;
        }
    }

    /**
     * The inputs: those of all four members together, in this order; null adds none.
     *
     * @param items the inputs themselves, texts and whole numbers, as many as the node accepts in one message
     * @param expand patterns of inputs: {@code 1..1000000} for functions and programs, {@code {1..30}} in a URL
     * @param list a file in the node's folder of lists, with one input per line
     * @param from an API whose JSON has the URLs: {@link FetchOptions#FROM} and {@link FetchOptions#SELECT}, and for
     *     several pages {@link FetchOptions#NEXT} and {@link FetchOptions#MAX_PAGES}. The headers of the request then
     *     go to its origin only
     */
    public record Inputs(
            @Nullable List<Object> items,
            @Nullable List<String> expand,
            @Nullable String list,
            @Nullable FetchOptionValues from) {
        /** The parts of a request with the options of an API. */
        public static final List<Part> PARTS = List.of(Part.API);

        /**
         * Checks the types.
         *
         * @throws IllegalArgumentException when all are null, an item is neither text nor a whole number, or an API
         *     lacks its URL or the pointer to the links
         */
        public Inputs {
            if (items == null && expand == null && list == null && from == null) {
                throw new IllegalArgumentException("no inputs; give 'items', 'expand', 'list' or 'from'");
            }
            for (Object item : items == null ? List.of() : items) {
                boolean whole = item instanceof Integer || item instanceof Long || item instanceof java.math.BigInteger;
                if (!whole && !(item instanceof String)) {
                    throw new IllegalArgumentException("an item must be text or a whole number, not " + item);
                }
            }
            if (expand != null && expand.stream().anyMatch(Objects::isNull)) {
                throw new IllegalArgumentException("'inputs.expand' must not contain null");
            }
            if (from != null) {
                checkParts(from, PARTS);
                from.check(NameStyle.REQUEST);
                if (!from.has(FetchOptions.FROM)) {
                    throw new IllegalArgumentException("'from' requires 'url', the URL of the API");
                }
            }
            items = items == null ? null : List.copyOf(items);
            expand = expand == null ? null : List.copyOf(expand);
        }

        /** Creates inputs of texts and whole numbers. */
        public static Inputs of(List<?> items) {
            return new Inputs(List.copyOf(items), null, null, null);
        }

        /** Creates the inputs of patterns. */
        public static Inputs expanded(String... patterns) {
            return new Inputs(null, List.of(patterns), null, null);
        }

        /** Creates inputs from the lines of a file of the node. */
        public static Inputs list(String file) {
            return new Inputs(null, null, file, null);
        }

        /** Creates inputs from the links in the JSON of an API. */
        public static Inputs from(FetchOptionValues api) {
            return new Inputs(null, null, null, api);
        }
    }
}

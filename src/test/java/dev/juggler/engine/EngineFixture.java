package dev.juggler.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Job;
import dev.juggler.job.Limits;
import dev.juggler.job.Outcome;
import dev.juggler.job.Rate;
import dev.juggler.job.RetryPolicy;
import dev.juggler.job.TaskCounts;
import dev.juggler.job.WorkSpec;
import dev.juggler.journal.Journal;
import dev.juggler.report.RunReport;
import dev.juggler.source.ExpansionMode;
import dev.juggler.source.Source;
import dev.juggler.source.Sources;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Provides a Vert.x with an engine, and collects the outcomes of its runs. */
final class EngineFixture {
    static final WorkSpec FAKE = new WorkSpec.ComputeSpec("fake", Optional.empty(), List.of());

    final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(4)
            .setBlockedThreadCheckInterval(1)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.DAYS));
    final Engine engine = new Engine(vertx);
    private final List<Outcome> outcomes = new ArrayList<>();

    OutcomeHandler results() {
        return batch -> {
            synchronized (outcomes) {
                outcomes.addAll(batch);
            }
        };
    }

    List<Outcome> outcomes() {
        synchronized (outcomes) {
            return List.copyOf(outcomes);
        }
    }

    static Source numbers(long count) {
        return Sources.arguments(List.of("1.." + count), ExpansionMode.RANGES);
    }

    /** Starts a run whose outcomes are collected here. */
    RunBuilder builder(Job job, Source source, WorkProvider work) {
        return engine.job(job).inputs(source).work(work).results(results());
    }

    JobRun start(JobPlan plan, Source source, WorkProvider work) {
        return builder(plan.job(), source, work).start();
    }

    RunReport run(JobPlan plan, Source source, WorkProvider work) throws Exception {
        return ended(start(plan, source, work));
    }

    RunReport run(JobPlan plan, Source source, WorkProvider work, Journal journal) throws Exception {
        return ended(builder(plan.job(), source, work).journal(journal).start());
    }

    /** Waits for the report of a run, and checks that it accounts for every input. */
    RunReport ended(JobRun run) throws Exception {
        RunReport report = Waiting.await(run.report());
        TaskCounts counts = report.counts();
        assertEquals(
                counts.submitted(),
                counts.succeeded() + counts.failed() + counts.timedOut() + counts.cancelled() + counts.skipped(),
                () -> "not accounted for: " + counts);
        Set<List<Long>> seen = new HashSet<>();
        outcomes()
                .forEach(each -> assertTrue(
                        seen.add(List.of(each.task().index(), (long) each.attempt())),
                        () -> "two outcomes of " + each));
        return report;
    }

    void close() throws Exception {
        Waiting.await(vertx.close());
    }

    /** The settings of a job, with defaults for most tests. */
    record JobPlan(
            ConcurrencyModel model,
            WorkSpec work,
            int concurrency,
            Chunking chunking,
            Limits limits,
            RetryPolicy retry,
            boolean keepOrder) {

        static JobPlan under(ConcurrencyModel model) {
            int concurrency = switch (model) {
                case SEQUENTIAL -> 1;
                case PROCESSES -> 2;
                default -> 4;
            };
            RetryPolicy none = new RetryPolicy(0, Duration.ofMillis(1), Duration.ofMillis(1));
            return new JobPlan(model, FAKE, concurrency, new Chunking.Auto(), Limits.NONE, none, false);
        }

        JobPlan doing(WorkSpec spec) {
            return new JobPlan(model, spec, concurrency, chunking, limits, retry, keepOrder);
        }

        JobPlan chunks(int size) {
            return new JobPlan(model, work, concurrency, new Chunking.Fixed(size), limits, retry, keepOrder);
        }

        JobPlan timeout(long millis) {
            return limits(new Limits(
                    Optional.of(Duration.ofMillis(millis)), limits.deadline(), limits.halt(), limits.rate()));
        }

        JobPlan deadline(long millis) {
            return limits(
                    new Limits(limits.timeout(), Optional.of(Duration.ofMillis(millis)), limits.halt(), limits.rate()));
        }

        JobPlan halt(String policy) {
            return limits(new Limits(limits.timeout(), limits.deadline(), HaltPolicy.parse(policy), limits.rate()));
        }

        JobPlan rate(String rate) {
            return limits(
                    new Limits(limits.timeout(), limits.deadline(), limits.halt(), Optional.of(Rate.parse(rate))));
        }

        JobPlan limits(Limits others) {
            return new JobPlan(model, work, concurrency, chunking, others, retry, keepOrder);
        }

        JobPlan retries(int retries, long millis) {
            RetryPolicy policy = new RetryPolicy(retries, Duration.ofMillis(millis), Duration.ofMillis(millis));
            return new JobPlan(model, work, concurrency, chunking, limits, policy, keepOrder);
        }

        JobPlan ordered() {
            return new JobPlan(model, work, concurrency, chunking, limits, retry, true);
        }

        Job job() {
            String id = "test-" + UUID.randomUUID();
            return Job.builder(id, work)
                    .model(model, concurrency)
                    .chunking(chunking)
                    .limits(limits)
                    .retry(retry)
                    .keepOrder(keepOrder)
                    .build();
        }
    }
}

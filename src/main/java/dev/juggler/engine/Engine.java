package dev.juggler.engine;

import dev.juggler.bus.LocalCodec;
import dev.juggler.coordinator.CoordinatorVerticle;
import dev.juggler.coordinator.Crew;
import dev.juggler.coordinator.SkippingSource;
import dev.juggler.job.Ending;
import dev.juggler.job.Job;
import dev.juggler.job.JobResult;
import dev.juggler.job.OutcomeRows;
import dev.juggler.journal.Completed;
import dev.juggler.journal.Journal;
import dev.juggler.model.Workers;
import dev.juggler.report.RunReport;
import dev.juggler.source.Source;
import dev.juggler.work.WorkProvider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Runs jobs on a Vert.x. */
public final class Engine {
    private final Vertx vertx;

    /** An engine on this Vert.x, which stays the caller's to close. */
    public Engine(Vertx vertx) {
        this.vertx = vertx;
        LocalCodec.register(vertx.eventBus());
    }

    /** Runs a job without a journal. */
    public Run run(Job job, Source source, WorkProvider work, Results results) {
        return run(job, source, work, results, Optional.empty());
    }

    /**
     * Runs a job.
     *
     * @param source its inputs, read as needed on a thread of its own; closed at the end
     * @param work how a task is done; closed at the end
     * @param results what becomes of outcomes
     * @param journal where outcomes are recorded, and what earlier runs have done; closed at the end
     */
    public Run run(Job job, Source source, WorkProvider work, Results results, Optional<Journal> journal) {
        Completed completed = journal.map(Journal::completed).orElseGet(Completed::new);
        JobRun run = new JobRun(job, new SkippingSource(source, completed), work, results, journal);
        run.start();
        return run;
    }

    /** One run: its coordinator, its workers, and what they write to. */
    private final class JobRun implements Run, Crew {
        private final Job job;
        private final SkippingSource source;
        private final WorkProvider work;
        private final OutcomePipeline pipeline;
        private final CoordinatorVerticle coordinator;
        private final Workers workers;
        private volatile long startedNanos;
        private volatile Future<String> coordinating;
        private volatile Future<RunReport> report;

        JobRun(Job job, SkippingSource source, WorkProvider work, Results results, Optional<Journal> journal) {
            this.job = job;
            this.source = source;
            this.work = work;
            this.pipeline = new OutcomePipeline(vertx, job.id(), journal, results);
            this.coordinator = new CoordinatorVerticle(job, source, pipeline, this);
            this.workers = new Workers(vertx, job, work, this::isReserved);
        }

        void start() {
            startedNanos = System.nanoTime();
            coordinating = vertx.deployVerticle(coordinator);
            report = coordinating.compose(id -> workers.deploy()
                    .compose(ready -> coordinator.result())
                    .map(this::reportOf)
                    .eventually(() -> close(id)));
        }

        /** Compute tasks may block an event loop for as long as they like, so not the coordinator's. */
        private boolean isReserved(Thread thread) {
            return job.work().kind().equals("compute") && thread == coordinator.thread();
        }

        private RunReport reportOf(JobResult result) {
            double seconds = (System.nanoTime() - startedNanos) / 1e9;
            return new RunReport(
                    OutcomeRows.SCHEMA,
                    job.id(),
                    job.work().kind(),
                    job.model().id(),
                    job.concurrency(),
                    result.ending(),
                    result.counts(),
                    seconds,
                    (result.counts().done()) / seconds,
                    pipeline.tally().percentiles(),
                    pipeline.tally().bytes(),
                    result.cause().map(Throwable::getMessage).orElse(null));
        }

        private Future<Void> close(String coordinatorId) {
            return workers.undeploy()
                    .eventually(() -> vertx.undeploy(coordinatorId))
                    .eventually(pipeline::close)
                    .eventually(() -> vertx.executeBlocking(() -> {
                        work.close();
                        return null;
                    }))
                    .eventually(this::closeSource);
        }

        /** Not waited for: a read that blocks, on a pipe say, may hold the source for ever. */
        private Future<Void> closeSource() {
            vertx.executeBlocking(
                    () -> {
                        source.close();
                        return null;
                    },
                    false);
            return Future.succeededFuture();
        }

        @Override
        public Future<RunReport> report() {
            return report;
        }

        @Override
        public void drain() {
            coordinating.onSuccess(id -> coordinator.stop(Ending.INTERRUPTED, null));
        }

        @Override
        public void cancel() {
            coordinating.onSuccess(id -> coordinator.cancel(Ending.INTERRUPTED, "the run was interrupted"));
        }

        @Override
        public void lost(String worker, boolean replace) {
            workers.forget(worker);
            if (replace) {
                workers.deployAnother().onFailure(failure -> coordinator.stop(Ending.WORKERS_FAILED, failure));
            }
        }

        @Override
        public void cancel(String reason) {
            workers.cancel(reason);
        }
    }
}

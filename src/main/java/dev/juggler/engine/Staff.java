package dev.juggler.engine;

import dev.juggler.job.Job;
import dev.juggler.model.Workers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The workers of a run: of one model, or of a first one and then of the one that was chosen. */
final class Staff {
    private final Function<Job, Workers> maker;
    private final List<Workers> all = new CopyOnWriteArrayList<>();

    Staff(Job job, Function<Job, Workers> maker) {
        this.maker = maker;
        all.add(maker.apply(job));
    }

    /** Those that new ones are added to. */
    private Workers current() {
        return all.getLast();
    }

    Future<Void> deploy(int concurrency) {
        return current().deploy(concurrency);
    }

    /** Deploys workers for another model. The others stay until the end; they are to be given nothing more. */
    Future<Void> change(Job job, int concurrency) {
        all.add(maker.apply(job));
        return deploy(concurrency);
    }

    void forget(String worker) {
        all.forEach(workers -> workers.forget(worker));
    }

    Future<Void> deployAnother() {
        return current().deployAnother();
    }

    void drain() {
        all.forEach(Workers::drain);
    }

    Duration cancel(String reason) {
        return all.stream()
                .map(workers -> workers.cancel(reason))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    Future<Void> undeploy() {
        return Future.join(all.stream().map(Workers::undeploy).toList()).mapEmpty();
    }
}

import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobStatus;
import dev.juggler.client.OutcomePage;
import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.job.ConcurrencyModel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

/**
 * A Vert.x application that joins a cluster of nodes, submits a job, and prints its outcomes.
 *
 * <p>With a JDK of 25 or newer:
 *
 * <pre>
 *   ./run.sh node &amp;
 *   java -cp target/juggler.jar src/examples/JobSender.java juggler 127.0.0.1:5701
 * </pre>
 */
public class JobSender {
    private static final int PAGE = 100;

    /** Arguments: the name of the cluster and the address of one of its nodes. */
    public static void main(String[] args) {
        Cluster.join(new VertxOptions(), ClusterSettings.joining(args[0], args[1]))
                .compose(cluster -> send(cluster.vertx()).eventually(cluster::leave))
                .onSuccess(done -> System.exit(0))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }

    private static Future<Void> send(Vertx vertx) {
        JobClient client = JobClient.on(vertx);
        JobRequest request = JobRequest.of(new Compute("square", null), Inputs.expanded("1..10"))
                .withModel(ConcurrencyModel.THREADS, 2);
        return client.submit(request)
                .compose(job -> end(vertx, client, job))
                .compose(job -> print(client, job.id(), 0));
    }

    /** Polls a few times a second; {@link JobClient#events} reports sooner. */
    private static Future<JobStatus> end(Vertx vertx, JobClient client, JobStatus job) {
        if (job.hasEnded()) {
            return Future.succeededFuture(job);
        }
        Promise<Void> later = Promise.promise();
        vertx.setTimer(200, timer -> later.complete());
        return later.future().compose(now -> client.get(job.id())).compose(next -> end(vertx, client, next));
    }

    private static Future<Void> print(JobClient client, String id, long position) {
        return client.outcomes(id, position, PAGE).compose((OutcomePage page) -> {
            page.outcomes().forEach(row -> System.out.println(row.getString("key") + " -> " + row.getValue("value")));
            return page.complete() ? Future.succeededFuture() : print(client, id, page.next());
        });
    }
}

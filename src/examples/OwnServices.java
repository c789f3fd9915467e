import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A Vert.x application that deploys Juggler's verticles by name into a cluster of its own, where all members can use
 * them.
 *
 * <p>With a JDK of 25 or newer:
 *
 * <pre>
 *   java -cp target/juggler.jar src/examples/OwnServices.java my-cluster
 * </pre>
 */
public class OwnServices {

    /** Argument: the name of the cluster that it starts. */
    public static void main(String[] args) {
        Cluster.join(new VertxOptions(), ClusterSettings.onLoopback(args[0], 0))
                .compose(cluster -> serve(cluster.vertx()).eventually(cluster::leave))
                .onSuccess(done -> System.exit(0))
                .onFailure(failure -> {
                    System.err.println(failure.getMessage());
                    System.exit(1);
                });
    }

    private static Future<Void> serve(Vertx vertx) {
        DeploymentOptions options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                .setInstances(2)
                .setConfig(new JsonObject().put("functions", new JsonArray().add("square")));
        return vertx.deployVerticle("dev.juggler.service.ComputeVerticle", options)
                .compose(id -> ask(vertx));
    }

    private static Future<Void> ask(Vertx vertx) {
        JsonObject request = new JsonObject().put("function", "square").put("input", 12);
        return vertx.eventBus()
                .<JsonObject>request("juggler.compute", request)
                .onSuccess(reply -> System.out.println(reply.body().encode()))
                .mapEmpty();
    }
}

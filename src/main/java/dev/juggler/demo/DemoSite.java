package dev.juggler.demo;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web site on the loopback interface, at a port of the system's choice: pages of three sizes, bodies of any length,
 * statuses, and an album of pictures behind a JSON API. Every address takes {@code ?delay=MS}, the milliseconds the
 * answer waits (at most {@value SiteDelay#LONGEST_MILLIS}), in place of the site's own delay.
 *
 * <ul>
 *   <li>{@code /site/a/N}, {@code /site/b/N}, {@code /site/c/N}: page N with about 11, 108 and 608 thousand bytes
 *   <li>{@code /bytes/N}: N bytes, at most 100 million
 *   <li>{@code /status/N}: an answer with this status, 200 to 599
 *   <li>{@code /delay/MS}: a short answer after a delay
 *   <li>{@code /3/album/juggler/images}: links to the pictures, for whoever sends {@code Authorization: Client-ID …}
 *   <li>{@code /images/NAME}: a picture
 * </ul>
 */
public final class DemoSite {
    /** Counts downwards, so that each site has a key, and with it a port, of its own. */
    private static final AtomicInteger PORT_KEYS = new AtomicInteger(-1_000);

    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private DemoSite(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /** Starts a site that answers at once unless asked otherwise: see {@link #start(Vertx, Duration)}. */
    public static Future<DemoSite> start(Vertx vertx) {
        return start(vertx, Duration.ZERO);
    }

    /**
     * Starts a site.
     *
     * @param vertx whose event loops the site runs on; one of its own keeps the site's work away from what is measured
     * @param delay what answers wait without {@code ?delay=}; at most {@value SiteDelay#LONGEST_MILLIS} ms
     * @return completes when the site answers; fails when its port cannot be opened or its pictures cannot be made
     */
    public static Future<DemoSite> start(Vertx vertx, Duration delay) {
        SiteDelay siteDelay = new SiteDelay(vertx, delay.toMillis());
        return vertx.executeBlocking(SiteContent::make).compose(content -> deploy(vertx, siteDelay, content));
    }

    private static Future<DemoSite> deploy(Vertx vertx, SiteDelay delay, SiteContent content) {
        // All instances share one port, so each sets the same.
        AtomicInteger port = new AtomicInteger();
        int portKey = PORT_KEYS.getAndDecrement();
        DeploymentOptions options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.EVENT_LOOP)
                .setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> new SiteVerticle(delay, content, portKey, port::set), options)
                .map(id -> new DemoSite(vertx, id, port.get()));
    }

    /** Scheme, host and port, without a slash at the end: {@code http://127.0.0.1:34567}. */
    public String origin() {
        return "http://" + SiteVerticle.HOST + ":" + port;
    }

    /** Closes the port and all connections; a second call does nothing. */
    public Future<Void> close() {
        return vertx.deploymentIDs().contains(deployment) ? vertx.undeploy(deployment) : Future.succeededFuture();
    }
}

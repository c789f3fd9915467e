package dev.juggler.demo;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A web site on the loopback interface, on a free port: pages of three sizes, bodies of any length, statuses, and an
 * album of pictures behind a JSON API. The parameter {@code ?delay=MS} of every URL sets the response delay in
 * milliseconds (at most {@value SiteDelay#MAX_MILLIS}) in place of the site's default.
 *
 * <ul>
 *   <li>{@code /site/a/N}, {@code /site/b/N}, {@code /site/c/N}: page N with about 11, 108 and 608 thousand bytes
 *   <li>{@code /bytes/N}: N bytes, at most 100 million
 *   <li>{@code /status/N}: a response with this status, 200 to 599
 *   <li>{@code /delay/MS}: a short response after a delay
 *   <li>{@code /3/album/juggler/images}: links to the pictures; needs {@code Authorization: Client-ID …}
 *   <li>{@code /images/NAME}: a picture
 * </ul>
 */
public final class DemoSite {
    /** Counts down, so that each site has its own key and with it its own port. */
    private static final AtomicInteger PORT_KEYS = new AtomicInteger(-1_000);

    private final Vertx vertx;
    private final String deployment;
    private final int port;

    private DemoSite(Vertx vertx, String deployment, int port) {
        this.vertx = vertx;
        this.deployment = deployment;
        this.port = port;
    }

    /** Starts a site without a default delay: see {@link #start(Vertx, Duration)}. */
    public static Future<DemoSite> start(Vertx vertx) {
        return start(vertx, Duration.ZERO);
    }

    /**
     * Starts a site.
     *
     * @param vertx provides the site's event loops; a separate instance keeps the site's work out of measurements
     * @param delay the default response delay; at most {@value SiteDelay#MAX_MILLIS} ms
     * @return completes on an event loop when the site is ready; fails if its port cannot be opened or its pictures
     *     cannot be painted
     * @throws IllegalArgumentException if the delay is out of range
     */
    public static Future<DemoSite> start(Vertx vertx, Duration delay) {
        SiteDelay siteDelay = new SiteDelay(vertx, delay.toMillis());
        return vertx.executeBlocking(SiteContent::create).compose(content -> deploy(vertx, siteDelay, content));
    }

    private static Future<DemoSite> deploy(Vertx vertx, SiteDelay delay, SiteContent content) {
        // All instances share one port, so each sets the same value.
        AtomicInteger port = new AtomicInteger();
        int portKey = PORT_KEYS.getAndDecrement();
        DeploymentOptions options = new DeploymentOptions()
                .setThreadingModel(ThreadingModel.EVENT_LOOP)
                .setInstances(Runtime.getRuntime().availableProcessors());
        return vertx.deployVerticle(() -> new SiteVerticle(delay, content, portKey, port::set), options)
                .map(id -> new DemoSite(vertx, id, port.get()));
    }

    /** Scheme, host and port without a trailing slash: {@code http://127.0.0.1:34567}. */
    public String origin() {
        return "http://" + SiteVerticle.HOST + ":" + port;
    }

    /** Closes the port and all connections; further calls have no effect. */
    public Future<Void> close() {
        return vertx.deploymentIDs().contains(deployment) ? vertx.undeploy(deployment) : Future.succeededFuture();
    }
}

package dev.juggler.demo;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** One event loop's share of the demo's site. */
final class SiteVerticle extends VerticleBase {
    static final String HOST = "127.0.0.1";

    /** Tells Vert.x to choose one free port for all instances of this verticle; 0 would be one for each. */
    private static final int ANY_SHARED_PORT = -1;

    private final SiteDelay delay;
    private final SiteContent content;
    private final IntConsumer listening;

    SiteVerticle(SiteDelay delay, SiteContent content, IntConsumer listening) {
        this.delay = delay;
        this.content = content;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options =
                new HttpServerOptions().setIdleTimeout(60).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(router())
                .listen(ANY_SHARED_PORT, HOST)
                .onSuccess(server -> listening.accept(server.actualPort()));
    }

    private Router router() {
        Router router = Router.router(vertx);
        PageRoutes pages = new PageRoutes(delay, content);
        AlbumRoutes album = new AlbumRoutes(content);
        router.get("/delay/:ms").handler(pages::waitFor);
        router.get().handler(delay::handle);
        router.get("/site/:site/:page").handler(pages::page);
        router.get("/bytes/:count").handler(pages::bytes);
        router.get("/status/:status").handler(pages::status);
        router.get("/images/:name").handler(album::picture);
        router.get("/3/album/:album/images").handler(album::links);
        return router;
    }
}

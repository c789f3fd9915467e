package dev.juggler.demo;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Serves the demo's site on one event loop. */
final class SiteVerticle extends VerticleBase {
    static final String HOST = "127.0.0.1";

    private final SiteDelay delay;
    private final SiteContent content;
    private final int portKey;
    private final IntConsumer listening;

    /**
     * A verticle that shares a free port with others.
     *
     * @param portKey a negative port number: verticles with the same one share a free port; with port 0 each would get
     *     its own
     * @param listening receives the port, on the verticle's event loop
     */
    SiteVerticle(SiteDelay delay, SiteContent content, int portKey, IntConsumer listening) {
        this.delay = delay;
        this.content = content;
        this.portKey = portKey;
        this.listening = listening;
    }

    @Override
    public Future<?> start() {
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(60).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(router())
                .listen(portKey, HOST)
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

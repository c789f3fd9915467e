package dev.juggler.engine;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.juggler.cluster.Cluster;
import dev.juggler.cluster.ClusterSettings;
import dev.juggler.engine.EngineFixture.JobPlan;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.EndReason;
import dev.juggler.job.WorkSpec;
import dev.juggler.report.RunReport;
import dev.juggler.worker.WorkProviders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Engines in an application with its own codec and codec selector on the same event bus. */
class EmbeddedEngineTest {
    private static final WorkSpec SQUARE = new WorkSpec.ComputeSpec("square", Optional.empty(), List.of());
    private static final long TASKS = 500;

    /** A message of the application. */
    private record Order(String product) {}

    private static final class OrderCodec implements MessageCodec<Order, Order> {
        @Override
        public void encodeToWire(Buffer buffer, Order order) {
            byte[] bytes = order.product().getBytes(StandardCharsets.UTF_8);
            buffer.appendInt(bytes.length).appendBytes(bytes);
        }

        @Override
        public Order decodeFromWire(int position, Buffer buffer) {
            int start = position + Integer.BYTES;
            return new Order(buffer.getString(start, start + buffer.getInt(position)));
        }

        @Override
        public Order transform(Order order) {
            return order;
        }

        @Override
        public String name() {
            return "order";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    private static void selectCodecs(EventBus bus) {
        bus.registerCodec(new OrderCodec());
        bus.codecSelector(body -> {
            if (body instanceof Order) {
                return "order";
            }
            throw new AssertionError("the selector was asked about " + body);
        });
    }

    private static Future<Void> takeOrders(Vertx vertx) {
        return vertx.eventBus()
                .<Order>consumer(
                        "orders",
                        message -> message.reply(new Order(message.body().product() + ", sold")))
                .completion();
    }

    private static void assertApplicationWorks(Vertx vertx) throws Exception {
        assertEquals(
                new Order("tea, sold"),
                await(vertx.eventBus().<Order>request("orders", new Order("tea")))
                        .body());
    }

    private static Future<RunReport> squares(Engine engine, ConcurrencyModel model) {
        return engine.job(JobPlan.under(model).doing(SQUARE).job())
                .inputs(EngineFixture.numbers(TASKS))
                .work(WorkProviders.prepare(SQUARE, Map.of()))
                .start()
                .report();
    }

    private static void assertSucceeded(Future<RunReport> run) throws Exception {
        RunReport report = await(run);
        assertEquals(EndReason.COMPLETED, report.ending(), report::toString);
        assertEquals(TASKS, report.counts().succeeded());
    }

    @ParameterizedTest
    @EnumSource(ConcurrencyModel.class)
    void selectorOfALocalApplicationRemainsInEffect(ConcurrencyModel model) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            selectCodecs(vertx.eventBus());
            await(takeOrders(vertx));
            assertSucceeded(squares(new Engine(vertx), model));
            assertApplicationWorks(vertx);
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void selectorThatIsSetLaterDoesNotAffectTheEngine() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Engine engine = new Engine(vertx);
            selectCodecs(vertx.eventBus());
            await(takeOrders(vertx));
            assertSucceeded(squares(engine, ConcurrencyModel.ASYNC));
            assertApplicationWorks(vertx);
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void twoEnginesShareOneVertx() throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            selectCodecs(vertx.eventBus());
            await(takeOrders(vertx));
            Future<RunReport> one = squares(new Engine(vertx), ConcurrencyModel.THREADS);
            Future<RunReport> other = squares(new Engine(vertx), ConcurrencyModel.ASYNC);
            assertApplicationWorks(vertx);
            assertSucceeded(one);
            assertSucceeded(other);
        } finally {
            await(vertx.close());
        }
    }

    @Test
    void selectorsOfAClusteredApplicationRemainInEffect() throws Exception {
        String name = "embedded-" + UUID.randomUUID();
        Cluster shop = await(Cluster.join(new VertxOptions(), ClusterSettings.onLoopback(name, 0)));
        Cluster till = await(Cluster.join(new VertxOptions(), ClusterSettings.joining(name, shop.address())));
        try {
            selectCodecs(shop.vertx().eventBus());
            selectCodecs(till.vertx().eventBus());
            await(takeOrders(shop.vertx()));
            Future<RunReport> here = squares(new Engine(shop.vertx()), ConcurrencyModel.THREADS);
            Future<RunReport> there = squares(new Engine(till.vertx()), ConcurrencyModel.PROCESSES);
            assertApplicationWorks(till.vertx());
            assertSucceeded(here);
            assertSucceeded(there);
            assertApplicationWorks(till.vertx());
        } finally {
            await(till.leave());
            await(shop.leave());
        }
    }
}

package dev.juggler.cluster;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.nio.serialization.HazelcastSerializationException;
import io.vertx.core.VertxOptions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Joins members over real sockets, in one JVM. */
class ClusterTest {
    private final String name = "test-" + UUID.randomUUID();
    private final List<Cluster> joined = new ArrayList<>();

    @AfterEach
    void leave() throws Exception {
        for (Cluster each : joined) {
            await(each.leave());
        }
    }

    @Test
    void membersThatJoinAndLeaveAreReported() throws Exception {
        Cluster first = join(ClusterSettings.onLoopback(name, 0));
        assertEquals(Set.of(first.self()), first.nodes());
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        first.listen(new Membership.Listener() {
            @Override
            public void joined(String node) {
                events.add("+" + node);
            }

            @Override
            public void left(String node) {
                events.add("-" + node);
            }
        });
        Cluster second = join(ClusterSettings.joining(name, first.address()));
        assertEquals("+" + second.self(), events.poll(20, TimeUnit.SECONDS));
        assertEquals(Set.of(first.self(), second.self()), second.nodes());
        await(second.leave());
        assertEquals("-" + second.self(), events.poll(20, TimeUnit.SECONDS));
    }

    @Test
    void messagesReachOtherMembers() throws Exception {
        Cluster first = join(ClusterSettings.onLoopback(name, 0));
        await(first.vertx()
                .eventBus()
                .consumer("echo", message -> message.reply(message.body()))
                .completion());
        Cluster second = join(ClusterSettings.joining(name, first.address()));
        assertEquals(
                "hello",
                await(second.vertx().eventBus().<String>request("echo", "hello"))
                        .body());
    }

    @Test
    void anObjectOfAnUnknownClassIsNotDeserialized() throws Exception {
        record Gadget(String harm) implements Serializable {
            private static final long serialVersionUID = 1L;
        }
        Cluster first = join(ClusterSettings.onLoopback(name, 0));
        Cluster second = join(ClusterSettings.joining(name, first.address()));
        second.hazelcast().getMap("m").set("k", new Gadget("x"));
        Exception rejected = assertThrows(
                Exception.class, () -> first.hazelcast().getMap("m").get("k"));
        assertTrue(
                rejected instanceof HazelcastSerializationException || rejected instanceof SecurityException,
                rejected::toString);
    }

    private Cluster join(ClusterSettings settings) throws Exception {
        Cluster cluster = await(Cluster.join(new VertxOptions(), settings));
        joined.add(cluster);
        return cluster;
    }
}

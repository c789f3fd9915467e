package dev.juggler.service;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.juggler.Waiting;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the service verticles, deployed by name and called over the bus, under every threading model. */
@ExtendWith(VertxExtension.class)
class ServiceVerticleTest {
    private static final DeliveryOptions LONG_TIMEOUT = new DeliveryOptions().setSendTimeout(60_000);

    @TempDir
    private Path folder;

    private static String deploy(Vertx vertx, String verticle, JsonObject config, ThreadingModel model, int instances)
            throws Exception {
        DeploymentOptions options = new DeploymentOptions()
                .setConfig(config)
                .setThreadingModel(model)
                .setInstances(instances);
        return await(vertx.deployVerticle("dev.juggler.service." + verticle, options));
    }

    private static Future<JsonObject> ask(Vertx vertx, String address, Object body) {
        return vertx.eventBus().<JsonObject>request(address, body, LONG_TIMEOUT).map(Message::body);
    }

    private static ReplyException rejection(Vertx vertx, String address, Object body) {
        Exception failure = assertThrows(Exception.class, () -> await(ask(vertx, address, body)));
        ReplyException rejection = assertInstanceOf(ReplyException.class, failure.getCause());
        assertEquals(ReplyFailure.RECIPIENT_FAILURE, rejection.failureType(), rejection::toString);
        return rejection;
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void callsFunctionsForBusClients(ThreadingModel model, Vertx vertx) throws Exception {
        deploy(vertx, "ComputeVerticle", new JsonObject(), model, 1);
        JsonObject row = await(ask(vertx, "juggler.compute", new JsonObject("{\"function\":\"square\",\"input\":12}")));
        assertEquals(1, row.getInteger("schema"));
        assertEquals("compute", row.getString("job"));
        assertEquals("succeeded", row.getString("state"));
        assertEquals("12", row.getString("key"));
        assertEquals(144, row.getInteger("value"));
        assertEquals("compute-square", row.getString("worker"));
        JsonObject failed = await(ask(vertx, "juggler.compute", request("square", "no number")));
        assertEquals("failed", failed.getString("state"));
        JsonObject large = await(ask(vertx, "juggler.compute", request("square", "100000000000000000000")));
        assertTrue(large.encode().contains("10000000000000000000000000000000000000000"), large::encode);
    }

    private static JsonObject request(String function, Object input) {
        return new JsonObject().put("function", function).put("input", input);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void runsOnlyConfiguredPrograms(ThreadingModel model, Vertx vertx) throws Exception {
        JsonObject commands =
                new JsonObject().put("say", new JsonArray().add("echo").add("got {}"));
        deploy(vertx, "ExecVerticle", new JsonObject().put("commands", commands), model, 1);
        JsonObject row = await(ask(
                vertx, "juggler.exec", new JsonObject().put("command", "say").put("input", "$(id); x")));
        assertEquals("succeeded", row.getString("state"));
        assertEquals("got $(id); x\n", row.getJsonObject("value").getString("stdout"));
        ReplyException rejection = rejection(
                vertx, "juggler.exec", new JsonObject().put("command", "rm").put("input", "x"));
        assertEquals(404, rejection.failureCode());
        assertEquals("exec service offers no 'rm'", rejection.getMessage());
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void fetchesForBusClients(ThreadingModel model, Vertx vertx) throws Exception {
        HttpServer server = startServer();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            deploy(vertx, "FetchVerticle", new JsonObject().put("timeout", "30s"), model, 1);
            JsonObject row = await(ask(vertx, "juggler.fetch", new JsonObject().put("url", url + "there")));
            assertEquals("succeeded", row.getString("state"), row::encode);
            assertEquals(5, row.getJsonObject("value").getInteger("bytes"));
            assertEquals("fetch", row.getString("worker"));
            JsonObject gone = await(ask(vertx, "juggler.fetch", new JsonObject().put("url", url + "gone")));
            assertEquals("failed", gone.getString("state"), gone::encode);
        } finally {
            server.stop(0);
        }
    }

    private static HttpServer startServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                boolean there = exchange.getRequestURI().getPath().equals("/there");
                exchange.sendResponseHeaders(there ? 200 : 404, 5);
                exchange.getResponseBody().write(new byte[5]);
            }
        });
        server.start();
        return server;
    }

    @Test
    void rejectsMalformedRequestsWithTheReason(Vertx vertx) throws Exception {
        deploy(vertx, "ComputeVerticle", new JsonObject(), ThreadingModel.EVENT_LOOP, 1);
        for (Object[] each : new Object[][] {
            {"text", "expected a JSON object with 'input'"},
            {new JsonArray(), "expected a JSON object with 'input'"},
            {new JsonObject(), "'function' is missing or not a string"},
            {request("square", null), "'input' is missing or neither a string nor a number"},
            {request("square", true), "'input' is missing or neither a string nor a number"},
            {new JsonObject().put("function", 1).put("input", 1), "'function' is missing or not a string"},
            {request("square", 1).put("timeout", "1s"), "unknown member 'timeout'"}
        }) {
            ReplyException rejection = rejection(vertx, "juggler.compute", each[0]);
            assertEquals(400, rejection.failureCode());
            assertEquals(each[1], rejection.getMessage());
        }
        assertEquals(
                404,
                rejection(vertx, "juggler.compute", request("word-count", "/etc/passwd"))
                        .failureCode());
    }

    @Test
    void answersARequestWithALoneSurrogate(Vertx vertx) throws Exception {
        deploy(vertx, "ComputeVerticle", new JsonObject(), ThreadingModel.EVENT_LOOP, 1);
        String surrogate = "\ud83d\ude00".substring(0, 1);
        assertEquals(
                "failed",
                await(ask(vertx, "juggler.compute", request("square", surrogate)))
                        .getString("state"));
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void aBusyInstanceRejectsFurtherRequests(ThreadingModel model, Vertx vertx) throws Exception {
        JsonObject config = new JsonObject().put("concurrency", 2);
        deploy(vertx, "ComputeVerticle", config, model, 1);
        List<Future<JsonObject>> sleeping = new ArrayList<>();
        sleeping.add(ask(vertx, "juggler.compute", request("sleep", "700ms")));
        sleeping.add(ask(vertx, "juggler.compute", request("sleep", "700ms")));
        ReplyException rejection = rejection(vertx, "juggler.compute", request("square", 1));
        assertEquals(503, rejection.failureCode());
        assertEquals("compute service has 2 tasks in flight; retry later", rejection.getMessage());
        for (Future<JsonObject> each : sleeping) {
            assertEquals(
                    "succeeded",
                    await(each).getString("state"),
                    () -> each.result().encode());
        }
        assertEquals(
                "succeeded",
                await(ask(vertx, "juggler.compute", request("square", 1))).getString("state"));
    }

    /** Writes the source file of a function of a {@code long x} and returns its path, which requests name. */
    private String function(String name, String body) throws IOException {
        return Files.writeString(folder.resolve(name + ".java"), """
            import java.io.File;

            public class %s {
                public static long apply(long x) throws Exception {
                    %s
                }
            }
            """.formatted(name, body))
                .toString();
    }

    @Test
    void rejectsExcessRequestsWhileATaskRuns(Vertx vertx) throws Exception {
        Path release = folder.resolve("release");
        String held =
                function("Held", "while (!new File(\"" + release + "\").exists()) { Thread.sleep(2); } return x;");
        JsonObject config = new JsonObject()
                .put("concurrency", 10)
                .put("functions", new JsonArray().add(held).add("square"));
        deploy(vertx, "ComputeVerticle", config, ThreadingModel.WORKER, 1);
        Future<JsonObject> first = ask(vertx, "juggler.compute", request(held, 1));
        List<Future<JsonObject>> flood = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            flood.add(ask(vertx, "juggler.compute", request("square", i)));
        }
        Waiting.until(() -> flood.stream().filter(Future::failed).count() == 991);
        Files.createFile(release);
        assertEquals("succeeded", await(first).getString("state"));
        for (Future<JsonObject> each : flood.subList(0, 9)) {
            assertEquals("succeeded", await(each).getString("state"));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void distributesRequestsOverInstances(ThreadingModel model, Vertx vertx) throws Exception {
        String id = deploy(vertx, "ComputeVerticle", new JsonObject(), model, 3);
        List<Future<JsonObject>> replies = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            replies.add(ask(vertx, "juggler.compute", request("square", i)));
        }
        for (int i = 0; i < 30; i++) {
            assertEquals(i * i, await(replies.get(i)).getInteger("value"));
        }
        await(vertx.undeploy(id));
        Exception gone =
                assertThrows(Exception.class, () -> await(ask(vertx, "juggler.compute", request("square", 1))));
        assertEquals(ReplyFailure.NO_HANDLERS, ((ReplyException) gone.getCause()).failureType());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ComputeVerticle | {"function": "square"}       | compute configuration: unknown key 'function'
        ComputeVerticle | {"functions": "square"}      | compute configuration: 'functions' is not a list of strings
        ComputeVerticle | {"functions": ["cube-root"]} | cube-root
        ComputeVerticle | {"timeout": "soon"}          | compute configuration: 'timeout': 'soon' is not a duration
        ComputeVerticle | {"concurrency": -1}          | 'concurrency' is not a whole number of at least 0
        ExecVerticle    | {}                           | exec configuration: 'commands' is empty
        ExecVerticle    | {"commands": {"a": "ls"}}    | exec configuration: 'a' is not a list of strings
        ExecVerticle    | {"commands": {"a": ["ls"]}, "shell": true} | exec configuration: unknown key 'shell'
        FetchVerticle   | {"url": "http://x"}          | fetch configuration: unknown key 'url'
        FetchVerticle   | {"headers": {"A": 1}}        | fetch configuration: 'A' is not a string
        """)
    void rejectsAnInvalidConfigurationWithTheReason(String verticle, String config, String reason, Vertx vertx) {
        for (ThreadingModel model : List.of(ThreadingModel.EVENT_LOOP, ThreadingModel.WORKER)) {
            Exception failure =
                    assertThrows(Exception.class, () -> deploy(vertx, verticle, new JsonObject(config), model, 1));
            String message = failure.getCause().getMessage();
            assertTrue(message.contains(reason), message);
        }
        assertEquals(0, vertx.deploymentIDs().size());
    }

    /** The stuck task times out, and the instance deployed as a replacement answers the next request. */
    @ParameterizedTest
    @EnumSource(names = {"EVENT_LOOP", "WORKER", "VIRTUAL_THREAD"})
    void replacesAStuckInstance(ThreadingModel model, Vertx vertx) throws Exception {
        Path release = folder.resolve("release");
        Path released = folder.resolve("released");
        String source = function("Odd", """
            while (x == 5 && !new File("%s").exists()) {
                Thread.onSpinWait();
            }
            return x == 5 && new File("%s").createNewFile() ? 0 : x + 1;
            """.formatted(release, released));
        JsonObject config = new JsonObject()
                .put("functions", new JsonArray().add(source).add("sleep"))
                .put("timeout", "500ms");
        deploy(vertx, "ComputeVerticle", config, model, 1);
        Future<JsonObject> bystander = ask(vertx, "juggler.compute", request("sleep", "20ms"));
        Future<JsonObject> stuck = ask(vertx, "juggler.compute", request(source, 5));
        assertEquals("timed-out", await(stuck).getString("state"));
        // Except on an event loop, each instance deploys another verticle that receives its requests.
        int expectedDeployments = model == ThreadingModel.EVENT_LOOP ? 2 : 4;
        Waiting.until(() -> vertx.deploymentIDs().size() == expectedDeployments);
        Waiting.until(() -> {
            try {
                return await(ask(vertx, "juggler.compute", request(source, 6))).getInteger("value") == 7;
            } catch (Exception notYet) {
                return false;
            }
        });
        Files.createFile(release);
        Waiting.until(() -> Files.exists(released));
        Waiting.until(bystander::isComplete);
        assertTrue(bystander.succeeded() || ((ReplyException) bystander.cause()).failureCode() == 503);
        assertEquals(expectedDeployments, vertx.deploymentIDs().size());
    }
}

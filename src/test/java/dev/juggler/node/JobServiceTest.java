package dev.juggler.node;

import static dev.juggler.Waiting.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.Waiting;
import dev.juggler.client.JobClient;
import dev.juggler.client.JobRequest;
import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Fetch;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.client.JobServiceException;
import dev.juggler.client.JobStatus;
import dev.juggler.client.OutcomePage;
import dev.juggler.client.StrictJson;
import dev.juggler.cluster.Membership;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.node.jobs.JobStore;
import dev.juggler.node.jobs.SharedJobs;
import dev.juggler.node.jobs.StoredJob;
import dev.juggler.node.settings.NodeSettings;
import dev.juggler.node.settings.Permissions;
import dev.juggler.option.FetchOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The job service over an event bus, as its clients see it. */
class JobServiceTest {
    private static final String SOURCE = "public class Twice { public static long twice(long n) { return 2 * n; } }";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final JobClient client = JobClient.on(vertx);
    private JobStore store;
    private JobServiceVerticle service;
    private List<String> pause = List.of("sleep", "{}");
    private String deployment;

    @BeforeEach
    void start() throws Exception {
        NodeSettings settings = NodeSettings.parse("""
            {"drain": "20s", "lists": "lists", "fetch": {"hosts": ["example.org"]},
             "jobs": {"running": 2, "queued": 3, "inlineInputs": 1000, "requestBytes": 100000},
             "exec": {"commands": {"say": ["echo", "hello", "{}"], "pause": %s}}}
            """.formatted(new JsonArray(pause)));
        Files.createDirectories(folder.resolve("lists"));
        store = JobStore.open(folder.resolve("data"));
        service = new JobServiceVerticle(
                new Permissions(settings, folder), store, SharedJobs.NONE, Membership.alone("node-a"));
        deployment = await(vertx.deployVerticle(service));
    }

    @AfterEach
    void stop() throws Exception {
        if (vertx.deploymentIDs().contains(deployment)) {
            await(vertx.undeploy(deployment));
        }
        await(vertx.close());
        store.close();
    }

    /** Interrupts the jobs and starts a node that has only what is on disk. */
    private void restart() throws Exception {
        await(vertx.undeploy(deployment));
        store.close();
        start();
    }

    @ParameterizedTest
    @EnumSource(value = ConcurrencyModel.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
    void aJobRunsUnderEveryModelAndItsOutcomesAreRead(ConcurrencyModel model) throws Exception {
        JobRequest request = JobRequest.of(new Compute("square", null), Inputs.expanded("1..250"))
                .withModel(model, null);
        JobStatus done = ended(await(client.submit(request)));
        assertEquals("completed", done.ending());
        assertEquals(new JobStatus.Counts(250, 0, 0, 0, 250), done.counts());
        assertEquals(250L, done.total());
        assertEquals(
                IntStream.rangeClosed(1, 250)
                        .mapToLong(n -> (long) n * n)
                        .boxed()
                        .toList(),
                outcomes(done.id()).stream()
                        .map(row -> row.getLong("value"))
                        .sorted()
                        .toList());
    }

    @Test
    void programsAndListsOfTheNodeCanBeNamed() throws Exception {
        Files.writeString(folder.resolve("lists/names.txt"), "a\nb\n");
        JobStatus done = ended(await(client.submit(JobRequest.of(new Exec(List.of("say")), Inputs.list("names.txt")))));
        Set<String> said = new TreeSet<>();
        outcomes(done.id()).forEach(row -> said.add(row.getJsonObject("value").getString("stdout")));
        assertEquals(Set.of("hello a\n", "hello b\n"), said);
    }

    @Test
    void twoSubmissionsUnderOneKeyAreOneJobEvenAfterARestart() throws Exception {
        JobRequest request = sleeps("30ms", 4);
        Future<JobStatus> first = client.submit(request);
        Future<JobStatus> second = client.submit(request);
        String id = await(first).id();
        assertEquals(id, await(second).id());
        restart();
        assertEquals(id, await(client.submit(request)).id());
        assertEquals(1, await(client.list(10)).size());
        assertEquals(4, ended(await(client.get(id))).counts().succeeded());
        assertEquals(4, outcomes(id).stream().filter(JobServiceTest::succeeded).count());
    }

    @Test
    void anotherRequestUnderTheSameKeyIsAConflict() throws Exception {
        JobRequest request = sleeps("1ms", 1);
        await(client.submit(request));
        assertRejected(409, client.submit(sleeps("1ms", 2).withKey(request.key())));
    }

    @Test
    void aRestartResumesWhereTheJournalEnds() throws Exception {
        String id = await(client.submit(sleeps("20ms", 200))).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 5);
        restart();
        JobStatus done = ended(await(client.get(id)));
        assertEquals(200, done.counts().succeeded());
        assertTrue(done.counts().attempts() <= 195, "what was done is not done again: " + done);
        List<Object> keys = outcomes(id).stream()
                .filter(JobServiceTest::succeeded)
                .map(row -> row.getValue("task"))
                .toList();
        assertEquals(200, keys.size());
        assertEquals(200, Set.copyOf(keys).size(), "no task is committed twice");
    }

    @Test
    void aJobResumesThoughTheSettingsChangedItsCommand() throws Exception {
        JobRequest request = JobRequest.of(new Exec(List.of("pause")), Inputs.of(Collections.nCopies(30, "0.1")));
        String id = await(client.submit(request)).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 4);
        pause = List.of("/usr/bin/env", "sleep", "{}");
        restart();
        assertEquals(30, ended(await(client.get(id))).counts().succeeded());
    }

    @Test
    void aDrainedJobResumesAtTheNextStart() throws Exception {
        String id = await(client.submit(sleeps("20ms", 300))).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 2);
        await(service.drain());
        assertEquals(JobStatus.State.QUEUED, await(client.get(id)).state());
        assertRejected(503, client.submit(sleeps("1ms", 1)));
        restart();
        assertEquals(300, ended(await(client.get(id))).counts().succeeded());
    }

    @Test
    void aCancelledJobEndsAndStaysCancelledAfterARestart() throws Exception {
        String id = await(client.submit(sleeps("50ms", 1_000))).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 1);
        await(client.cancel(id));
        JobStatus ended = ended(await(client.get(id)));
        assertEquals("cancelled", ended.ending());
        assertRejected(409, client.cancel(id));
        restart();
        assertEquals("cancelled", await(client.get(id)).ending());
    }

    @Test
    void jobsWaitInTheQueueAndAFullQueueRejectsMore() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(await(client.submit(sleeps("1m", 1))).id());
        }
        assertEquals(JobStatus.State.QUEUED, await(client.get(ids.get(4))).state());
        assertRejected(503, client.submit(sleeps("1m", 1)));
        assertEquals("cancelled", await(client.cancel(ids.get(4))).ending());
        await(client.submit(sleeps("1m", 1)));
        for (JobStatus job : await(client.list(10))) {
            if (!job.hasEnded()) {
                await(client.cancel(job.id()));
            }
        }
    }

    @Test
    void progressIsPublishedUpToTheEnd() throws Exception {
        JobRequest request = sleeps("20ms", 60);
        var published = new ConcurrentLinkedQueue<JobStatus>();
        await(client.events(StoredJob.id(request.key()), published::add));
        String id = await(client.submit(request)).id();
        Waiting.until(() -> published.stream().anyMatch(JobStatus::hasEnded));
        assertTrue(published.stream().allMatch(status -> status.id().equals(id)));
        assertTrue(
                published.stream()
                        .mapToLong(status -> status.counts().succeeded())
                        .anyMatch(count -> count > 0 && count < 60),
                published::toString);
    }

    @Test
    void aFetchFromAnUnlistedHostFailsWithoutAConnection() throws Exception {
        JobRequest request = JobRequest.of(Fetch.READ, Inputs.of(List.of("http://127.0.0.1:1/", "no url")));
        JobStatus done = ended(await(client.submit(request)));
        assertEquals(2, done.counts().failed());
        outcomes(done.id())
                .forEach(row ->
                        assertEquals("not-allowed", row.getJsonObject("error").getString("type")));
    }

    @Test
    void aRequestForWhatTheNodeDoesNotAllowIsRejected() {
        Inputs one = Inputs.of(List.of("1"));
        assertRejected(400, client.submit(JobRequest.of(new Compute("gzip", null), one)));
        assertRejected(400, client.submit(JobRequest.of(new Compute("nonsense", null), one)));
        assertRejected(400, client.submit(JobRequest.of(new Compute("Twice.java", SOURCE), one)));
        assertRejected(400, client.submit(JobRequest.of(new Exec(List.of("rm", "-rf", "/")), one)));
        assertRejected(400, client.submit(JobRequest.of(new Exec(List.of("echo")), one)));
        assertRejected(400, client.submit(JobRequest.of(Fetch.READ.with(FetchOptions.OUTPUT_DIR, "out"), one)));
        assertRejected(400, client.submit(JobRequest.of(Fetch.READ, Inputs.list("../../etc/passwd"))));
        assertRejected(400, client.submit(JobRequest.of(Fetch.READ, Inputs.list("not-there.txt"))));
        assertRejected(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.THREADS, 1_000_000)));
        assertRejected(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.SEQUENTIAL, 2)));
        assertRejected(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.PROCESSES, 2)));
        assertRejected(400, client.submit(sleeps("1ms", 1).withRetries(-1)));
        assertRejected(400, client.submit(JobRequest.of(new Compute("square", null), Inputs.expanded("1..99..0"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        submit   | {"key"                      | 400
        submit   | []                          | 400
        submit   | {"key":"k","bogus":1}       | 400
        get      | {}                          | 400
        get      | {"id":"none"}               | 404
        get      | {"id":"../jobs"}            | 404
        get      | {"id":7}                    | 400
        list     | {"limit":0}                 | 400
        list     | {"limit":1001}              | 400
        outcomes | {"id":"none"}               | 404
        cancel   | {"id":"none"}               | 404
        cancel   | {"name":"none"}             | 400
        """)
    void badInputGetsACodeAndAReason(String operation, String text, int code) throws Exception {
        ReplyException rejection = rejection(operation, text);
        assertEquals(code, rejection.failureCode(), rejection.getMessage());
        assertTrue(rejection.getMessage().length() > 10, rejection.getMessage());
        await(client.submit(sleeps("1ms", 1)));
    }

    @Test
    void aTooLargeRequestIsRejectedAndTheNodeServesOthers() throws Exception {
        JsonArray million = new JsonArray();
        IntStream.range(0, 1_000_000).forEach(million::add);
        JsonObject request = new JsonObject(Buffer.buffer(StrictJson.write(sleeps("1ms", 1))))
                .put("inputs", new JsonObject().put("items", million));
        assertTrue(rejection("submit", request).getMessage().contains("at most 100000 are accepted"));
        JsonArray many = new JsonArray();
        IntStream.range(0, 1_001).forEach(many::add);
        request.getJsonObject("inputs").put("items", many);
        assertTrue(rejection("submit", request).getMessage().contains("at most 1000 are accepted"));
        assertEquals(400, rejection("submit", 7).failureCode());
        assertEquals(400, rejection("submit", null).failureCode());
        await(client.submit(sleeps("1ms", 1)));
    }

    @Test
    void aPositionWithoutAPageIsRejected() throws Exception {
        String id = ended(await(client.submit(sleeps("1ms", 1)))).id();
        assertRejected(400, client.outcomes(id, 3, 10));
        assertRejected(400, client.outcomes(id, -1, 10));
    }

    @Test
    void aRequeuedJobRunsItsUnsuccessfulTasksAgain() throws Exception {
        JobRequest request = JobRequest.of(new Compute("square", null), Inputs.of(List.of(1, "x", 3, "y")))
                .withModel(ConcurrencyModel.THREADS, 2);
        JobStatus done = ended(await(client.submit(request)));
        assertEquals(new JobStatus.Counts(2, 2, 0, 0, 4), done.counts());

        JobStatus queued = await(client.requeue(done.id()));
        assertEquals(JobStatus.State.QUEUED, queued.state());
        JobStatus again = ended(queued);

        assertEquals("completed", again.ending());
        assertEquals(new JobStatus.Counts(2, 2, 0, 0, 2), again.counts(), "what succeeded is not done again");
        assertEquals(6, outcomes(done.id()).size(), "the rows of both runs");
        restart();
        assertEquals(again.counts(), await(client.get(done.id())).counts(), "its new end is on disk");
    }

    @Test
    void onlyAnEndedJobIsRequeued() throws Exception {
        JobStatus endless = await(client.submit(sleeps("1h", 1)));
        assertRejected(409, client.requeue(endless.id()));
        assertRejected(404, client.requeue("nobody"));
        await(client.cancel(endless.id()));
        ended(endless);
        JobStatus again = await(client.requeue(endless.id()));
        restart();
        Waiting.until(() -> await(client.get(again.id())).state() == JobStatus.State.RUNNING);
        await(client.cancel(again.id()));
        ended(again);
    }

    @Test
    void aJobThatThreeNodesDiedWithIsPoisonUntilItIsRequeued() throws Exception {
        JobStatus job = await(client.submit(sleeps("1h", 1)));
        for (int death = 1; death <= 3; death++) {
            assertFalse(await(client.get(job.id())).hasEnded(), "after " + (death - 1) + " deaths");
            Waiting.until(() -> await(client.get(job.id())).state() == JobStatus.State.RUNNING);
            await(vertx.undeploy(deployment));
            // A node that dies leaves this behind; one that leaves takes it away.
            store.markRunning(job.id());
            store.close();
            start();
        }
        JobStatus poison = await(client.get(job.id()));
        assertEquals("poison", poison.ending(), poison::toString);
        assertTrue(poison.error().contains("3 nodes died"), poison::toString);

        await(client.requeue(job.id()));
        Waiting.until(() -> await(client.get(job.id())).state() == JobStatus.State.RUNNING);
        restart();
        assertFalse(await(client.get(job.id())).hasEnded(), "a node that leaves has not died");
        await(client.cancel(job.id()));
        ended(await(client.get(job.id())));
    }

    @Test
    void withoutAServiceTheClientFails() throws Exception {
        await(vertx.undeploy(deployment));
        assertRejected(503, client.list(1));
    }

    private static boolean succeeded(JsonObject row) {
        return row.getString("state").equals("succeeded");
    }

    private static JobRequest sleeps(String time, int tasks) {
        return JobRequest.of(
                        new Compute("sleep", null),
                        Inputs.of(IntStream.range(0, tasks).mapToObj(i -> time).toList()))
                .withModel(ConcurrencyModel.THREADS, 2);
    }

    private ReplyException rejection(String operation, Object body) {
        Future<Message<Object>> reply = vertx.eventBus().request("juggler.job." + operation, body);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(reply));
        return (ReplyException) failure.getCause();
    }

    private static void assertRejected(int code, Future<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(future));
        JobServiceException rejection = (JobServiceException) failure.getCause();
        assertEquals(code, rejection.code(), rejection.getMessage());
    }

    private JobStatus ended(JobStatus job) throws Exception {
        Waiting.until(() -> await(client.get(job.id())).hasEnded());
        return await(client.get(job.id()));
    }

    private List<JsonObject> outcomes(String id) throws Exception {
        List<JsonObject> all = new ArrayList<>();
        OutcomePage page = await(client.outcomes(id, 0, 100));
        all.addAll(page.outcomes());
        while (!page.complete()) {
            page = await(client.outcomes(id, page.next(), 100));
            all.addAll(page.outcomes());
        }
        return all;
    }
}

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
import dev.juggler.cluster.Membership;
import dev.juggler.job.ConcurrencyModel;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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

/** The job service over an event bus, as its clients have it. */
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
        NodeSettings.Jobs jobs = new NodeSettings.Jobs(2, null, 3, 1_000, 100_000, null, null, null);
        NodeSettings.Exec exec = new NodeSettings.Exec(Map.of("say", List.of("echo", "hello", "{}"), "pause", pause));
        NodeSettings.Fetch fetch = new NodeSettings.Fetch(List.of("example.org"), null, null);
        NodeSettings settings = new NodeSettings(
                null, null, null, null, Duration.ofSeconds(20), jobs, "lists", fetch, null, exec, null);
        Files.createDirectories(folder.resolve("lists"));
        store = JobStore.open(folder.resolve("data"));
        service = new JobServiceVerticle(
                settings, new Permissions(settings, folder), store, SharedJobs.NONE, Membership.alone("node-a"));
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

    /** Jobs are cut off, and what is on disk is all that is left. */
    private void restart() throws Exception {
        await(vertx.undeploy(deployment));
        store.close();
        start();
    }

    @ParameterizedTest
    @EnumSource(value = ConcurrencyModel.class, mode = EnumSource.Mode.EXCLUDE, names = "PROCESSES")
    void aJobIsDoneUnderEveryModelAndItsOutcomesAreRead(ConcurrencyModel model) throws Exception {
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
    void twiceUnderOneKeyIsOneJobAlsoAfterARestart() throws Exception {
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
        refused(409, client.submit(sleeps("1ms", 2).withKey(request.key())));
    }

    @Test
    void aRestartGoesOnWhereTheJournalEnds() throws Exception {
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
    void aJobGoesOnThoughTheNodeHasItsCommandElsewhereByThen() throws Exception {
        JobRequest request = JobRequest.of(new Exec(List.of("pause")), Inputs.of(Collections.nCopies(30, "0.1")));
        String id = await(client.submit(request)).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 4);
        pause = List.of("/usr/bin/env", "sleep", "{}");
        restart();
        assertEquals(30, ended(await(client.get(id))).counts().succeeded());
    }

    @Test
    void aJobThatIsDrainedIsGoneOnWithAtTheNextStart() throws Exception {
        String id = await(client.submit(sleeps("20ms", 300))).id();
        Waiting.until(() -> await(client.get(id)).counts().succeeded() >= 2);
        await(service.drain());
        assertEquals(JobStatus.State.QUEUED, await(client.get(id)).state());
        refused(503, client.submit(sleeps("1ms", 1)));
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
        refused(409, client.cancel(id));
        restart();
        assertEquals("cancelled", await(client.get(id)).ending());
    }

    @Test
    void jobsWaitTheirTurnAndMoreThanMayWaitAreRefused() throws Exception {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(await(client.submit(sleeps("1m", 1))).id());
        }
        assertEquals(JobStatus.State.QUEUED, await(client.get(ids.get(4))).state());
        refused(503, client.submit(sleeps("1m", 1)));
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
        var heard = new ConcurrentLinkedQueue<JobStatus>();
        await(client.events(StoredJob.id(request.key()), heard::add));
        String id = await(client.submit(request)).id();
        Waiting.until(() -> heard.stream().anyMatch(JobStatus::hasEnded));
        assertTrue(heard.stream().allMatch(status -> status.id().equals(id)));
        assertTrue(
                heard.stream()
                        .mapToLong(status -> status.counts().succeeded())
                        .anyMatch(count -> count > 0 && count < 60),
                heard::toString);
    }

    @Test
    void aFetchFromAHostThatIsNotAllowedFailsWithoutAConnection() throws Exception {
        JobRequest request = JobRequest.of(Fetch.READ, Inputs.of(List.of("http://127.0.0.1:1/", "no url")));
        JobStatus done = ended(await(client.submit(request)));
        assertEquals(2, done.counts().failed());
        outcomes(done.id())
                .forEach(row ->
                        assertEquals("not-allowed", row.getJsonObject("error").getString("type")));
    }

    @Test
    void whatTheNodeDoesNotAllowIsRefused() {
        Inputs one = Inputs.of(List.of("1"));
        refused(400, client.submit(JobRequest.of(new Compute("gzip", null), one)));
        refused(400, client.submit(JobRequest.of(new Compute("nonsense", null), one)));
        refused(400, client.submit(JobRequest.of(new Compute("Twice.java", SOURCE), one)));
        refused(400, client.submit(JobRequest.of(new Exec(List.of("rm", "-rf", "/")), one)));
        refused(400, client.submit(JobRequest.of(new Exec(List.of("echo")), one)));
        refused(400, client.submit(JobRequest.of(Fetch.READ.with(FetchOptions.OUTPUT_DIR, "out"), one)));
        refused(400, client.submit(JobRequest.of(Fetch.READ, Inputs.list("../../etc/passwd"))));
        refused(400, client.submit(JobRequest.of(Fetch.READ, Inputs.list("not-there.txt"))));
        refused(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.THREADS, 1_000_000)));
        refused(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.SEQUENTIAL, 2)));
        refused(400, client.submit(sleeps("1ms", 1).withModel(ConcurrencyModel.PROCESSES, 2)));
        refused(400, client.submit(sleeps("1ms", 1).withRetries(-1)));
        refused(400, client.submit(JobRequest.of(new Compute("square", null), Inputs.expanded("1..99..0"))));
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
        ReplyException refusal = refusal(operation, text);
        assertEquals(code, refusal.failureCode(), refusal.getMessage());
        assertTrue(refusal.getMessage().length() > 10, refusal.getMessage());
        await(client.submit(sleeps("1ms", 1)));
    }

    @Test
    void moreThanAMessageMayHoldIsRefusedAndTheNodeServesOn() throws Exception {
        JsonArray million = new JsonArray();
        IntStream.range(0, 1_000_000).forEach(million::add);
        JsonObject request = new JsonObject(Buffer.buffer(dev.juggler.client.StrictJson.write(sleeps("1ms", 1))))
                .put("inputs", new JsonObject().put("items", million));
        assertTrue(refusal("submit", request).getMessage().contains("at most 100000 are taken"));
        JsonArray many = new JsonArray();
        IntStream.range(0, 1_001).forEach(many::add);
        request.getJsonObject("inputs").put("items", many);
        assertTrue(refusal("submit", request).getMessage().contains("at most 1000 are taken"));
        assertEquals(400, refusal("submit", 7).failureCode());
        assertEquals(400, refusal("submit", null).failureCode());
        await(client.submit(sleeps("1ms", 1)));
    }

    @Test
    void aPositionOfNoPageIsRefused() throws Exception {
        String id = ended(await(client.submit(sleeps("1ms", 1)))).id();
        refused(400, client.outcomes(id, 3, 10));
        refused(400, client.outcomes(id, -1, 10));
    }

    @Test
    void aRequeuedJobTriesWhatDidNotSucceedAgain() throws Exception {
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
    void onlyAJobThatHasEndedIsRequeued() throws Exception {
        JobStatus endless = await(client.submit(sleeps("1h", 1)));
        refused(409, client.requeue(endless.id()));
        refused(404, client.requeue("nobody"));
        await(client.cancel(endless.id()));
        ended(endless);
        JobStatus again = await(client.requeue(endless.id()));
        restart();
        Waiting.until(() -> await(client.get(again.id())).state() == JobStatus.State.RUNNING);
        await(client.cancel(again.id()));
        ended(again);
    }

    @Test
    void aJobThatThreeNodesDiedWithIsSetAsideUntilItIsRequeued() throws Exception {
        JobStatus job = await(client.submit(sleeps("1h", 1)));
        for (int death = 1; death <= 3; death++) {
            assertFalse(await(client.get(job.id())).hasEnded(), "after " + (death - 1) + " deaths");
            Waiting.until(() -> await(client.get(job.id())).state() == JobStatus.State.RUNNING);
            await(vertx.undeploy(deployment));
            // A node that dies leaves this behind; one that leaves takes it away.
            store.begun(job.id());
            store.close();
            start();
        }
        JobStatus aside = await(client.get(job.id()));
        assertEquals("poison", aside.ending(), aside::toString);
        assertTrue(aside.error().contains("3 nodes died"), aside::toString);

        await(client.requeue(job.id()));
        Waiting.until(() -> await(client.get(job.id())).state() == JobStatus.State.RUNNING);
        restart();
        assertFalse(await(client.get(job.id())).hasEnded(), "a node that leaves has not died");
        await(client.cancel(job.id()));
        ended(await(client.get(job.id())));
    }

    @Test
    void withoutAServiceTheClientSaysSo() throws Exception {
        await(vertx.undeploy(deployment));
        refused(503, client.list(1));
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

    private ReplyException refusal(String operation, Object body) {
        Future<Message<Object>> reply = vertx.eventBus().request("juggler.job." + operation, body);
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(reply));
        return (ReplyException) failure.getCause();
    }

    private static void refused(int code, Future<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> await(future));
        JobServiceException refusal = (JobServiceException) failure.getCause();
        assertEquals(code, refusal.code(), refusal.getMessage());
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

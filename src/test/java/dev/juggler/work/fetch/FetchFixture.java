package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.Access;
import dev.juggler.job.FetchSpec.FetchLimits;
import dev.juggler.job.FetchSpec.Header;
import dev.juggler.job.FetchSpec.Request;
import dev.juggler.job.Result;
import dev.juggler.job.TaskError;
import dev.juggler.job.Value;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** The shared fixture of fetch tests: a Vert.x instance, a server, a folder. */
public abstract class FetchFixture {
    static Vertx vertx;
    RawServer server;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx(new VertxOptions()
                .setAddressResolverOptions(
                        new AddressResolverOptions().setQueryTimeout(500).setMaxQueries(2)));
    }

    @AfterAll
    static void shut() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void serve() throws Exception {
        server = new RawServer(vertx);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    public static FetchSpec get(Header... headers) {
        return spec("GET", null, null, headers);
    }

    static FetchSpec spec(String method, String body, Path folder, Header... headers) {
        return new FetchSpec(
                new Request(method, List.of(headers), Optional.ofNullable(body)),
                Access.OPEN,
                new FetchSpec.Saving(Optional.ofNullable(folder).map(Path::toString), true),
                new FetchLimits(5, 1L << 40));
    }

    static FetchSpec into(Path folder) {
        return spec("GET", null, folder);
    }

    static Result fetch(FetchStyle style, FetchSpec spec, String url) {
        try (FetchWork work = FetchWork.prepare(spec)) {
            return style.start(work, vertx, url).join();
        }
    }

    static Value.Fetched success(Result result) {
        assertInstanceOf(Result.Succeeded.class, result, result::toString);
        return (Value.Fetched) result.value();
    }

    static TaskError failure(String type, boolean retryable, Result result) {
        assertInstanceOf(Result.Failed.class, result, result::toString);
        assertEquals(type, result.error().type(), result::toString);
        assertEquals(retryable, result.error().retryable(), result::toString);
        return result.error();
    }

    public static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}

package dev.juggler.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.client.JobRequest.Compute;
import dev.juggler.client.JobRequest.Exec;
import dev.juggler.client.JobRequest.Fetch;
import dev.juggler.client.JobRequest.Inputs;
import dev.juggler.job.Chunking;
import dev.juggler.job.ConcurrencyModel;
import dev.juggler.job.HaltPolicy;
import dev.juggler.job.Rate;
import dev.juggler.option.FetchOptions;
import dev.juggler.option.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JobRequestTest {
    static List<JobRequest> requests() {
        return List.of(
                JobRequest.of(Fetch.READ, Inputs.expanded("http://a/{1..3}")),
                JobRequest.of(new Exec(List.of("wc", "-l")), Inputs.list("files.txt")),
                new JobRequest(
                        "k",
                        new Compute("square", null),
                        Inputs.of(List.of("a", 1, 5_000_000_000L)),
                        ConcurrencyModel.VIRTUAL,
                        7,
                        new Chunking.Fixed(3),
                        2,
                        Duration.ofMillis(1500),
                        Duration.ofMinutes(3),
                        new HaltPolicy.AfterShare(12.5),
                        new Rate(10)),
                JobRequest.of(
                        Fetch.READ
                                .with(FetchOptions.METHOD, "PUT")
                                .with(FetchOptions.HEADERS, Headers.of(Map.of("A", "b")))
                                .with(FetchOptions.DATA, "body")
                                .with(FetchOptions.OUTPUT_DIR, "out")
                                .with(FetchOptions.MAX_REDIRECTS, 3)
                                .with(FetchOptions.PER_HOST, 2),
                        Inputs.of(List.of("http://a/"))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void jsonRoundTripsARequest(JobRequest request) {
        assertEquals(request, StrictJson.read(StrictJson.write(request), JobRequest.class));
    }

    @Test
    void rejectsJsonThatIsNestedTooDeeply() {
        byte[] deep = "{\"a\":".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        String refused = assertThrows(IllegalArgumentException.class, () -> StrictJson.read(deep, JobRequest.class))
                .getMessage();
        assertTrue(refused.startsWith("malformed JSON"), refused);
    }

    @Test
    void omitsNulls() {
        JobRequest request = JobRequest.of(new Compute("square", null), Inputs.expanded("1..3"))
                .withKey("k");
        assertEquals("""
            {"key":"k","work":{"kind":"compute","function":"square"},"inputs":{"expand":["1..3"]}}\
            """, text(request));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"key":"k"                                                    | malformed JSON at line 1
        not json                                                      | malformed JSON at line 1
        []                                                            | is not an object of the right form
        null                                                          | expected a JSON object
        {} {}                                                         | 'key' is missing
        {"key":"k","wrok":{}}                                         | unknown field 'wrok'
        {"key":"k","key":"l"}                                         | Duplicate field 'key'
        {"key":7}                                                     | 'key': is not a text
        {"key":"k","inputs":{"items":[1]}}                            | 'work' is missing
        {"key":"k","work":{}}                                         | 'work': 'kind' is missing
        {"key":"k","work":{"kind":"rm"}}                              | 'work': 'kind' is missing or unknown
        {"key":"k","work":{"kind":"fetch","url":"x"}}                 | unknown field 'work.url'
        {"key":"k","work":{"kind":"compute"}}                         | 'work': 'function' is missing
        {"key":"k","work":{"kind":"fetch"},"inputs":{}}               | 'inputs': no inputs
        {"key":"k","work":{"kind":"fetch"},"inputs":{"items":[{}]}}   | an item must be text or a whole number
        {"key":"k","work":{"kind":"fetch"},"inputs":{"items":[null]}} | an item must be text or a whole number
        {"key":"k","work":{"kind":"fetch"},"inputs":{"items":"x"}}    | 'inputs.items': is not a list
        {"key":"k","work":{"kind":"fetch"},"inputs":{"list":3}}       | 'inputs.list': is not a text
        {"key":"k","model":"turbo"}                                   | 'model': 'turbo' is not a concurrency model
        {"key":"k","timeout":"soon"}                                  | 'timeout': 'soon' is not a duration
        {"key":"k","timeout":[]}                                      | 'timeout': is not a text
        {"key":"k","concurrency":"8"}                                 | 'concurrency': is not a whole number
        {"key":"k","concurrency":1.5}                                 | 'concurrency':
        {"key":"k","concurrency":99999999999}                         | 'concurrency':
        """)
    void namesTheInvalidField(String json, String expected) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> StrictJson.read(json.getBytes(StandardCharsets.UTF_8), JobRequest.class))
                .getMessage();
        assertEquals(true, message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static String text(JobRequest request) {
        return new String(StrictJson.write(request), StandardCharsets.UTF_8);
    }
}

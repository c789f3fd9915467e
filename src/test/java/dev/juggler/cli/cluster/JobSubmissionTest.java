package dev.juggler.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.Commands;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.client.JobRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of local commands as requests to a node. */
class JobSubmissionTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        compute square 1..3 8          | {"key":"k","work":{"kind":"compute","function":"square"},\
        "inputs":{"expand":["1..3","8"]}}
        compute square --literal 1..3  | {"key":"k","work":{"kind":"compute","function":"square"},\
        "inputs":{"items":["1..3"]}}
        exec a b -- wc -l {}           | {"key":"k","work":{"kind":"exec","command":["wc","-l","{}"]},\
        "inputs":{"expand":["a","b"]}}
        fetch http://a/{1..9} -X put -H A:b -d x -o out --max-redirects 2 --per-host 3 | {"key":"k",\
        "work":{"kind":"fetch","method":"put","headers":{"A":"b"},"body":"x","output":"out","maxRedirects":2,\
        "perHost":3},"inputs":{"expand":["http://a/{1..9}"]}}
        fetch --from http://a/j --select /d/*/l --next /n -o out --per-host-rate 2/s --max-size 1M --compressed \
        --no-cookies --continue --newer --no-fsync | {"key":"k","work":{"kind":"fetch","output":"out",\
        "transfer":{"perHostRate":"2/s","maxSize":"1M","compressed":true,"cookies":false},\
        "saving":{"resume":true,"existing":"newer","fsync":false}},\
        "inputs":{"from":{"url":"http://a/j","select":"/d/*/l","next":"/n"}}}
        compute square 1 -m virtual -n 5 --chunk 2 --retries 1 --timeout 2s --deadline 1h --halt 5% --rate 3/s \
        | {"key":"k","work":{"kind":"compute","function":"square"},"inputs":{"expand":["1"]},"model":"virtual",\
        "concurrency":5,"chunk":"2","retries":1,"timeout":"2s","deadline":"60m","halt":"5%","rate":"3/s"}
        """)
    void wordsBecomeMembers(String words, String json) throws Exception {
        assertEquals(json, JobSubmission.text(of(words)));
    }

    @Test
    void listsOfThisMachineAreSentAndTheNodesAreNamed() throws Exception {
        Path list = Files.writeString(folder.resolve("list"), "a\n# no\nb\n");
        JobRequest request = JobSubmission.of(
                Commands::parserFor, List.of("compute", "sha256", "-i", list.toString()), "k", "more.txt", 2, null);
        assertEquals(List.of("a", "b"), request.inputs().items());
        assertEquals("more.txt", request.inputs().list());
        assertThrows(
                CommandFailure.class,
                () -> JobSubmission.of(
                        Commands::parserFor, List.of("compute", "sha256", "-i", list.toString()), "k", null, 1, null));
    }

    @Test
    void aJavaSourceIsSentAsText() throws Exception {
        Path source = Files.writeString(folder.resolve("Twice.java"), "public class Twice {}");
        JobRequest request =
                JobSubmission.of(Commands::parserFor, List.of("compute", source.toString(), "1"), "k", null, 9, null);
        assertEquals("public class Twice {}", ((JobRequest.Compute) request.work()).source());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        jobs                               | fetch, compute or exec
        compute square                     | no inputs
        compute square 1 --journal x       | --journal is not for jobs of a cluster
        fetch http://a -u me:secret        | use --credentials NAME
        exec a --shell -- ls               | --shell is not for jobs of a cluster
        exec a                             | a second --
        fetch http://a -H x                | has no name
        compute none.java 1                | none.java
        """)
    void whatANodeCannotKnowIsRefused(String words, String reason) {
        Exception refused = assertThrows(Exception.class, () -> of(words));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    private static JobRequest of(String words) throws Exception {
        return JobSubmission.of(Commands::parserFor, List.of(words.strip().split(" +")), "k", null, 100, null);
    }
}

package dev.juggler.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.cli.EndedProcess;
import dev.juggler.cli.JugglerProcess;
import dev.juggler.cli.RunningProcess;
import dev.juggler.cli.TestSite;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that secrets on the command line appear in no output. */
class SecretOptionsIT {
    private static final String SECRET = "hunter2";

    @TempDir
    private Path folder;

    private static String[] with(String url, String... more) {
        List<String> words = new ArrayList<>(
                List.of("fetch", "-u", "me:" + SECRET, "-H", "X-Token: " + SECRET, "-H", "Accept: text/plain", url));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    private static void assertSecret(EndedProcess ended) {
        assertFalse(ended.toString().contains(SECRET), ended.toString());
    }

    @Test
    void rowsJournalsMessagesAndPreviewsContainNoSecrets() throws Exception {
        JugglerProcess juggler = JugglerProcess.in(folder);
        try (TestSite site = TestSite.start()) {
            String host = site.origin().substring("http://".length());
            String url = "http://me:" + SECRET + "@" + host + "/file/1";
            EndedProcess rows = juggler.run(with(url, "--jsonl", "--journal", "run.jsonl", "-o", "out"));
            assertEquals(0, rows.exit(), rows.toString());
            assertEquals(
                    "http://***@" + host + "/file/1",
                    rows.rows().getFirst().get("key").asText());
            assertSecret(rows);
            assertFalse(Files.readString(folder.resolve("run.jsonl")).contains(SECRET));

            EndedProcess again = juggler.run(
                    with(url.replace(SECRET, "another"), "--journal", "run.jsonl", "--resume", "-o", "out"));
            assertEquals(0, again.exit(), again.toString());
            assertEquals(1, site.asked().size(), "the key matches under another password");

            assertSecret(juggler.run(with(url, "--dry-run")));
            EndedProcess failed = juggler.run(with("http://me:" + SECRET + "@" + host + "/missing"));
            assertEquals(1, failed.exit(), failed.toString());
            assertSecret(failed);
        }
    }

    @Test
    void theCommandToResumeContainsNoSecrets() throws Exception {
        try (TestSite site = TestSite.start();
                RunningProcess running = JugglerProcess.in(folder)
                        .start(with(site.origin() + "/never", "--journal", "run.jsonl", "--progress", "plain"))) {
            running.in().close();
            while (site.asked().isEmpty()) {
                Thread.onSpinWait();
            }
            running.signal("INT");
            running.err().await("INT: finishing");
            running.signal("INT");
            EndedProcess ended = running.await();
            assertEquals(130, ended.exit(), ended.toString());
            assertTrue(
                    ended.err().stream()
                            .anyMatch(line -> line.contains("-u 'me:***'") && line.contains("'X-Token: ***'")),
                    ended.toString());
            assertSecret(ended);
        }
    }

    @Test
    void aMissingPasswordIsAMistakeWithoutATerminal() throws Exception {
        EndedProcess ended = JugglerProcess.in(folder).run("fetch", "-u", "me", "http://127.0.0.1:1/");
        assertEquals(2, ended.exit(), ended.toString());
        assertTrue(ended.err().getFirst().contains("no terminal to ask"), ended.toString());
    }
}

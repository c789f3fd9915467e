package dev.juggler.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the requests that {@code fetch} sends to a server. */
class FetchIT {
    @TempDir
    private Path folder;

    @Test
    void postsABodyUnlessAnotherMethodIsGiven() throws Exception {
        try (TestSite site = TestSite.start()) {
            String url = site.origin() + "/file/1";
            JugglerProcess juggler = JugglerProcess.in(folder);

            for (String[] command :
                    List.of(new String[] {"fetch", url}, new String[] {"fetch", "-d", "body", url}, new String[] {
                        "fetch", "-X", "put", "-d", "body", url
                    })) {
                EndedProcess ended = juggler.run(command);
                assertEquals(List.of("Read 20000 from " + url), ended.out(), ended.toString());
            }

            assertEquals(List.of("GET /file/1", "POST /file/1", "PUT /file/1"), site.asked());
        }
    }

    @Test
    void expandsBracesUnlessUrlsAreLiteral() throws Exception {
        try (TestSite site = TestSite.start()) {
            JugglerProcess.in(folder).run("fetch", "-m", "sequential", site.origin() + "/file/{1..3}");
            JugglerProcess.in(folder).run("fetch", "--literal", site.origin() + "/{1..3}");

            assertEquals(
                    List.of("GET /file/1", "GET /file/2", "GET /file/3"),
                    site.asked().subList(0, 3));
            assertEquals(4, site.asked().size());
        }
    }
}

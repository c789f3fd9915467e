package dev.juggler.work.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.juggler.job.FetchSpec;
import dev.juggler.job.FetchSpec.FileNaming;
import dev.juggler.work.InvalidWorkException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of saved bodies, none of which leads out of the folder. */
class FetchFileNamesTest extends FetchFixture {
    @TempDir
    Path root;

    private int served;

    private FetchSpec named(String template, boolean byServer) throws IOException {
        Path folder = Files.createDirectories(root.resolve("out"));
        return get().with(new FetchSpec.Saving(Optional.of(folder.toString()), false)
                .with(new FileNaming(Optional.ofNullable(template), byServer)));
    }

    private String saved(FetchStyle style, FetchSpec spec, String path) {
        // A different body each time: a file from before the run with the same bytes would be the result.
        server.on(path, RawServer.plain("200 OK", "body " + served++));
        return below(success(fetch(style, spec, server.url(path))).path());
    }

    private String below(String path) {
        return root.resolve("out").relativize(Path.of(path)).toString();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void fillsTheTemplate(FetchStyle style) throws Exception {
        String host = "127.0.0.1_" + server.port();
        assertEquals(host + "/a/b c/d.jpg", saved(style, named("{host}/{path}", false), "/a/b%20c/d.jpg?x=1"));
        assertEquals(host + "/a/index.html", saved(style, named("{host}/{path}", false), "/a/"));
        assertEquals("1-d-jpg.bin", saved(style, named("{index}-{stem}-{ext}.bin", false), "/a/d.jpg"));
        assertEquals("sub/d.jpg", saved(style, named("sub/{name}", false), "/a/d.jpg"));
        assertEquals("sub/d-1.jpg", saved(style, named("sub/{name}", false), "/b/d.jpg"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingInAUrlLeadsOutOfTheFolder(FetchStyle style) throws Exception {
        FetchSpec spec = named("{path}", false);
        for (String path : List.of("/a/%2e%2e/%2e%2e/x", "/..%2f..%2fx", "/-rf/.ssh/x", "/%00/%1b/x", "/a%5c..%5cx")) {
            String name = saved(style, spec, path);
            assertFalse(name.contains("..") && !name.contains("_."), name);
            assertFalse(
                    Stream.of(name.split("/")).anyMatch(part -> part.startsWith(".") || part.startsWith("-")), name);
        }
        assertTrue(files().stream().allMatch(file -> file.startsWith("out/")), () -> "outside");
    }

    @ParameterizedTest
    @EnumSource
    void usesTheServersNameOnlyOnRequest(FetchStyle style) throws Exception {
        server.on(
                "/x",
                "HTTP/1.1 200 OK\r\nContent-Disposition: attachment; filename=\"../../.evil\"; "
                        + "filename*=UTF-8''..%2f..%2fgood%20one.txt\r\nContent-Length: 4\r\n\r\nbody");
        assertEquals(
                "x",
                below(success(fetch(style, named(null, false), server.url("/x")))
                        .path()));
        assertEquals(
                "good one.txt",
                below(success(fetch(style, named(null, true), server.url("/x"))).path()));
        FetchSpec both = named("{index}/{name}", true);
        assertEquals(
                "1/good one.txt",
                below(success(fetch(style, both, server.url("/x"))).path()));
        assertEquals("y", saved(style, named(null, true), "/y"));
    }

    @ParameterizedTest
    @EnumSource
    void followsNoLinkAtTheTargetOrAboveIt(FetchStyle style) throws Exception {
        FetchSpec spec = named("{path}", false);
        Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Path victim = Files.writeString(elsewhere.resolve("victim"), "mine");
        Files.createSymbolicLink(root.resolve("out/link"), elsewhere);
        Files.createSymbolicLink(root.resolve("out/file"), victim);
        Files.createSymbolicLink(root.resolve("out/dangling"), elsewhere.resolve("new"));
        server.on("/link/x", RawServer.plain("200 OK", "body"));
        String refused =
                failure("io", false, fetch(style, spec, server.url("/link/x"))).message();
        assertTrue(refused.contains("it is not a folder, but a link or a file"), refused);
        assertEquals("file-1", saved(style, spec, "/file"));
        assertEquals("dangling-1", saved(style, spec, "/dangling"));
        assertEquals("mine", Files.readString(victim));
        assertEquals(List.of("elsewhere/victim", "out/dangling-1", "out/file-1"), files());
    }

    @ParameterizedTest
    @EnumSource
    void truncatesLongNamesBetweenCharactersAndKeepsTheExtension(FetchStyle style) throws Exception {
        String name = saved(
                style, named("{path}", false), "/" + "%C3%BC".repeat(150) + "/" + "%E2%82%AC".repeat(100) + ".jpeg");
        String[] parts = name.split("/");
        assertEquals("ü".repeat(127), parts[0]);
        assertEquals("€".repeat(83) + ".jpeg", parts[1]);
        assertTrue(parts[1].getBytes(StandardCharsets.UTF_8).length <= 255);
    }

    @ParameterizedTest
    @EnumSource
    void namesThatDifferInCaseOrUnicodeFormAreSeparateFiles(FetchStyle style) throws Exception {
        FetchSpec spec = named("{path}", false);
        assertEquals("é", saved(style, spec, "/%C3%A9"));
        assertEquals("é-1", saved(style, spec, "/e%CC%81"));
        saved(style, spec, "/Case");
        saved(style, spec, "/case");
        assertEquals(4, files().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/abs/{name}", "../{name}", "a/../{name}", "{host}/", "{nme}", "{name", "a}b"})
    void refusesTemplatesThatNameNoFileInTheFolder(String template) {
        InvalidWorkException refused =
                assertThrows(InvalidWorkException.class, () -> FetchWork.prepare(named(template, false)));
        assertTrue(refused.getMessage().startsWith("--output-template"), refused::getMessage);
    }
}

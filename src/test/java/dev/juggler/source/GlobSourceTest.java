package dev.juggler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.juggler.job.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobSourceTest {
    @TempDir
    Path folder;

    @BeforeEach
    void createTree() throws IOException {
        for (String file : List.of(
                "b.xml",
                "a.xml",
                "a.txt",
                "c d.xml",
                ".hidden.xml",
                "sub/e.xml",
                "sub/deep/f.xml",
                "sub/deep/g.txt",
                "other/h.xml",
                ".git/config.xml",
                "sub/.git/i.xml",
                "[x].xml")) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*.xml             | [x].xml:a.xml:b.xml:c d.xml",
                "*.{txt,xml}       | [x].xml:a.txt:a.xml:b.xml:c d.xml",
                "[ab].xml          | a.xml:b.xml",
                "[!a]*.xml         | [x].xml:b.xml:c d.xml",
                "?.txt             | a.txt",
                "\\[x\\].xml       | [x].xml",
                "a.xml             | a.xml",
                "a.xml/b           | ''",
                "absent            | ''",
                "absent/*.xml      | ''",
                "*.pdf             | ''",
                "*/*.xml           | other/h.xml:sub/e.xml",
                "sub/*             | sub/e.xml",
                "sub/deep/*        | sub/deep/f.xml:sub/deep/g.txt",
                "*/*/f.xml         | sub/deep/f.xml",
                "**/*.xml          | [x].xml:a.xml:b.xml:c d.xml:other/h.xml:sub/deep/f.xml:sub/e.xml",
                "**/**/[ef].xml    | sub/deep/f.xml:sub/e.xml",
                "sub/**            | sub/deep/f.xml:sub/deep/g.txt:sub/e.xml",
                "sub/**/f.xml      | sub/deep/f.xml",
                "sub/**/deep/*.txt | sub/deep/g.txt",
                "**/deep/**        | sub/deep/f.xml:sub/deep/g.txt",
                "**.txt            | a.txt",
                ".*.xml            | .hidden.xml",
                ".git/*            | .git/config.xml",
                "**/.git/*         | .git/config.xml:sub/.git/i.xml",
                "sub/../*.txt      | sub/../a.txt",
                "*/../a.txt        | other/../a.txt:sub/../a.txt",
                "./a.*             | ./a.txt:./a.xml",
                "sub//e.xml        | sub/e.xml",
            })
    void globReturnsMatchingFilesSortedByName(String glob, String expected) throws IOException {
        List<String> paths = Drain.keys(Sources.glob(folder + "/" + glob)).stream()
                .map(path -> path.substring(folder.toString().length() + 1))
                .toList();
        assertEquals(expected, String.join(":", paths));
    }

    @Test
    void relativeGlobReturnsRelativePaths() throws IOException {
        assertEquals(List.of("pom.xml"), Drain.keys(Sources.glob("pom.x*")));
        assertEquals(List.of("./pom.xml"), Drain.keys(Sources.glob("./pom.x*")));
        String self = "src/test/java/dev/juggler/source/GlobSourceTest.java";
        assertEquals(List.of(self), Drain.keys(Sources.glob("src/**/GlobSourceT*.java")));
    }

    @Test
    void numberOfMatchesIsUnknown() throws IOException {
        try (Source source = Sources.glob(folder + "/*")) {
            assertEquals(OptionalLong.empty(), source.size());
        }
    }

    @Test
    void matchesAreTextEvenIfTheyAreNumbers() throws IOException {
        Files.writeString(folder.resolve("17"), "");
        Path before = folder.resolve("17");
        assertEquals(List.of(new Input.Text(before.toString())), Drain.inputs(Sources.glob(folder + "/1*"), 5));
    }

    @Test
    void loopsOfLinksAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
        Files.createSymbolicLink(folder.resolve("sub/self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("sub/broken"), Path.of("nowhere"));
        Files.createSymbolicLink(folder.resolve("sub/link.xml"), folder.resolve("a.xml"));
        assertEquals(List.of("sub/deep/f.xml", "sub/deep/g.txt", "sub/e.xml", "sub/link.xml"), relative("sub/**"));
        assertEquals(List.of("sub/loop/a.txt"), relative("sub/loop/*.txt"));
        assertEquals(List.of("sub/loop/a.txt"), relative("sub/l*/*.txt"));
        assertEquals(List.of("sub/deep/g.txt", "sub/loop/a.txt"), relative("sub/**/*/*.txt"));
    }

    @Test
    void foldersAreReadLazily() throws IOException {
        try (Source source = Sources.glob(folder + "/*/*.xml")) {
            assertEquals(folder + "/other/h.xml", source.next(1).getFirst().key());
            Files.writeString(folder.resolve("sub/a-late.xml"), "");
            assertEquals(folder + "/sub/a-late.xml", source.next(1).getFirst().key());
        }
    }

    @Test
    void rareMatchesInALargeTreeAreReturnedEarly() throws IOException {
        for (int i : IntStream.range(100, 1000).toArray()) {
            Files.createDirectory(folder.resolve("sub/" + i));
        }
        Files.writeString(folder.resolve("sub/100/rare"), "");
        Files.writeString(folder.resolve("sub/999/rare"), "");
        try (Source source = Sources.glob(folder + "/**/rare")) {
            assertEquals(1, source.next(10).size());
            assertEquals(1, source.next(10).size());
            assertEquals(List.of(), source.next(10));
        }
    }

    @Test
    void unreadableFolderIsReportedByName() throws IOException {
        Path closed = Files.createDirectory(folder.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(closed), "this user may read everything");
        Source source = Sources.glob(folder + "/*/*");
        assertEquals(
                "cannot read the folder '" + closed + "': permission denied",
                assertThrows(IOException.class, () -> Drain.inputs(source, 5)).getMessage());
    }

    @Test
    void unencodableNameIsRejected() throws Exception {
        Process touch = new ProcessBuilder("sh", "-c", "touch \"$(printf 'sub/x\\377.bin')\"")
                .directory(folder.toFile())
                .start();
        Assumptions.assumeTrue(touch.waitFor() == 0, "this file system wants UTF-8");
        Source source = Sources.glob(folder + "/sub/*.bin");
        String message = assertThrows(IOException.class, () -> source.next(5)).getMessage();
        assertEquals(
                "cannot read the file '" + folder + "/sub/x\uFFFD.bin': "
                        + (System.getProperty("sun.jnu.encoding").equals("UTF-8")
                                ? "its name is not UTF-8: rename it, or exclude it from the glob"
                                : "its name does not fit the character set: set LC_ALL=C.UTF-8"),
                message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a[    | Missing ] in 'a[' (braces and brackets cannot contain '/')",
                "{a/b,c} | Missing } in '{a' (braces and brackets cannot contain '/')",
                "dir/  | it does not end with the name of a file",
                "''    | it does not end with the name of a file",
                "**/../x | '.' and '..' cannot come after '**'",
            })
    void aMalformedGlobIsRejectedOnOpening(String glob, String reason) {
        assertEquals(
                "the glob '" + glob + "' is invalid: " + reason,
                assertThrows(IllegalArgumentException.class, () -> Sources.glob(glob))
                        .getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//"})
    void rootIsNotAFile(String glob) {
        assertThrows(IllegalArgumentException.class, () -> Sources.glob(glob));
    }

    @Test
    void closedSourceIsEmpty() throws IOException {
        Source source = Sources.glob(folder + "/**");
        assertFalse(source.next(1).isEmpty());
        source.close();
        assertEquals(List.of(), source.next(1));
    }

    private List<String> relative(String glob) throws IOException {
        return Drain.keys(Sources.glob(folder + "/" + glob)).stream()
                .map(path -> path.substring(folder.toString().length() + 1))
                .toList();
    }
}

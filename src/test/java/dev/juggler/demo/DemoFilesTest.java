package dev.juggler.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class DemoFilesTest {
    @TempDir
    static Path folder;

    private static DemoFiles files;

    @BeforeAll
    static void write() throws IOException {
        files = DemoFiles.write(folder);
    }

    @Test
    void writesWellFormedDocBookArticlesInNestedFolders() throws Exception {
        List<Path> articles = articles();

        assertEquals(24, articles.size());
        assertTrue(articles.stream().map(Path::getParent).distinct().count() >= 4);
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        for (Path article : articles) {
            Document document = factory.newDocumentBuilder().parse(article.toFile());
            assertEquals("article", document.getDocumentElement().getLocalName());
            assertEquals(
                    "http://docbook.org/ns/docbook",
                    document.getDocumentElement().getNamespaceURI());
            assertEquals("5.0", document.getDocumentElement().getAttribute("version"));
        }
    }

    @Test
    void writesALogOfSomeMegabytes() throws IOException {
        assertTrue(Files.size(files.log()) > 3_000_000 && Files.size(files.log()) < 10_000_000);
        try (Stream<String> lines = Files.lines(files.log())) {
            assertEquals(60_000, lines.count());
        }
    }

    @Test
    void writesReadablePicturesAndAListOfThem() throws IOException {
        List<String> paths = Files.readAllLines(files.pictureList());

        assertEquals(24, paths.size());
        for (String path : paths) {
            assertEquals(600, ImageIO.read(Path.of(path).toFile()).getWidth(), path);
        }
    }

    @Test
    void convertsEveryArticle() throws Exception {
        for (Path article : articles()) {
            Path page = folder.resolve(article.getFileName() + ".html");
            assertEquals(0, convert(article, page), article.toString());
            assertTrue(Files.readString(page).contains(" balls</title>"), article.toString());
        }
    }

    @Test
    void convertsTitlesSectionsParagraphsAndLists() throws Exception {
        Path page = folder.resolve("page.html");
        assertEquals(0, convert(files.articles().resolve("patterns/trick-01.xml"), page));
        String html = Files.readString(page).replaceAll("\\s+", " ");

        assertTrue(html.startsWith("<!DOCTYPE html> <html><head><meta charset=\"utf-8\"> <title>Fountain"), html);
        assertTrue(html.contains("<h1>Fountain with 4 balls </h1>"), html);
        assertTrue(html.contains("Juggler &amp; Sons"), html);
        assertTrue(html.contains("<section> <h2>Throw 1 </h2>"), html);
        assertTrue(html.contains("<section> <h3>As a program </h3>"), html);
        assertTrue(html.contains("<em>free</em>"), html);
        assertTrue(html.contains("<a href=\"http://example.org/trick?n=1&amp;throw=1\">the picture</a>"), html);
        assertTrue(html.contains("<ul> <li> <p> Up with the 1. ball. </p> </li>"), html);
        assertTrue(html.contains("<ol> <li> <p> Read it. </p> </li>"), html);
        assertTrue(html.contains("<pre> while (up &lt; 1) {"), html);
        assertTrue(html.strip().endsWith("</body></html>"), html);
        assertFalse(html.contains("Article 1 of"), "a comment is no content");
        assertFalse(html.matches(".*</?(para|title|section|article|info|emphasis|link)[ >].*docbook.*"), html);
    }

    @Test
    void writesWellFormedHtml() throws Exception {
        Path page = folder.resolve("well-formed.html");
        assertEquals(0, convert(files.articles().resolve("trick-04.xml"), page));
        String body =
                Files.readString(page).replaceFirst("(?s).*<body>", "<body>").replace("</html>", "");

        assertNotNull(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new java.io.ByteArrayInputStream(body.getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }

    @Test
    void keepsTheLinesOfAListing() throws Exception {
        Path page = folder.resolve("listing.html");
        convert(files.articles().resolve("trick-04.xml"), page);

        assertTrue(Files.readString(page).contains("while (up &lt; 2) {\n"));
    }

    @Test
    void acceptsUnusualFileNames() throws Exception {
        for (String odd :
                List.of("-o", "$(touch pwned)", "`touch pwned`", "a;touch pwned", "it's \"odd\"", "a\nb", "*", "é")) {
            Path input = Files.copy(files.articles().resolve("trick-04.xml"), folder.resolve(odd));
            Path page = folder.resolve(odd + ".html");

            assertEquals(0, convert(input.getFileName(), page.getFileName()), odd);
            assertTrue(Files.size(page) > 1_000, odd);
        }
        assertFalse(Files.exists(folder.resolve("pwned")));
    }

    @Test
    void rejectsOtherFilesAndLeavesNothingBehind() throws Exception {
        Path page = folder.resolve("none.html");

        assertNotEquals(0, convert(folder.resolve("missing.xml"), page));
        assertNotEquals(0, convert(files.log(), page));
        try (Stream<Path> names = Files.list(folder)) {
            assertFalse(names.anyMatch(path -> path.getFileName().toString().startsWith("none.html")));
        }
    }

    private static List<Path> articles() throws IOException {
        try (Stream<Path> tree = Files.walk(files.articles())) {
            return tree.filter(path -> path.toString().endsWith(".xml"))
                    .sorted()
                    .toList();
        }
    }

    private static int convert(Path article, Path page) throws IOException, InterruptedException {
        return new ProcessBuilder("sh", files.converter().toString(), article.toString(), page.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}

package dev.juggler.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The input files of the demo's workloads, with equal contents in every run.
 *
 * @param folder the folder that contains all of them
 * @param articles the root of a tree of DocBook articles, {@code *.xml}
 * @param converter the script that converts an article to HTML: {@code sh CONVERTER ARTICLE.xml PAGE.html}
 * @param log a text file of some megabytes
 * @param pictures the folder of the pictures
 * @param pictureList a file with the path of one picture on each line
 */
public record DemoFiles(Path folder, Path articles, Path converter, Path log, Path pictures, Path pictureList) {
    static final String LOG = "access.log";
    static final String PICTURE_LIST = "pictures.txt";
    private static final int LOG_LINES = 60_000;
    private static final String[] PAGES = {"cascade", "fountain", "shower", "columns", "box", "mills-mess", "index"};

    /**
     * Writes the files. Blocks for a few tenths of a second.
     *
     * @param folder an existing folder that belongs to the demo; existing files may be replaced
     * @throws IOException if a file cannot be written; the message names its path
     */
    public static DemoFiles write(Path folder) throws IOException {
        Path articles = Files.createDirectories(folder.resolve("articles"));
        DocBookArticles.write(articles);
        Path converter = DocBookConverter.write(folder);
        Path log = folder.resolve(LOG);
        writeLog(log);
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Path pictureList = folder.resolve(PICTURE_LIST);
        writePictures(pictures, pictureList);
        return new DemoFiles(folder, articles, converter, log, pictures, pictureList);
    }

    private static void writeLog(Path log) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        try (BufferedWriter out = Files.newBufferedWriter(log, StandardCharsets.US_ASCII)) {
            for (int line = 0; line < LOG_LINES; line++) {
                out.write(logLine(line, random));
            }
        }
    }

    private static String logLine(int line, SplittableRandom random) {
        return "127.0.0." + random.nextInt(1, 255) + " - - second " + line + " \"GET /site/"
                + PAGES[random.nextInt(PAGES.length)] + "/" + random.nextInt(1, 100) + " HTTP/1.1\" "
                + (random.nextInt(20) == 0 ? "404" : "200") + " " + random.nextInt(200, 700_000) + "\n";
    }

    private static void writePictures(Path folder, Path list) throws IOException {
        StringBuilder paths = new StringBuilder();
        for (DemoPicture picture : DemoPicture.paintAll()) {
            Path file =
                    Files.write(folder.resolve(picture.name()), picture.file().getBytes());
            paths.append(file).append('\n');
        }
        Files.writeString(list, paths);
    }
}

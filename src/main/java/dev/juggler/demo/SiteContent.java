package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All that the demo's site has to show, made once and shared by its event loops, which only read it.
 *
 * @param pages the page of each of the sites {@code a}, {@code b} and {@code c}
 * @param pictures the pictures of the album, in its order
 * @param pictureByName the same pictures by the names in their addresses
 */
record SiteContent(Map<String, Buffer> pages, List<DemoPicture> pictures, Map<String, DemoPicture> pictureByName) {
    /** The lengths that the tutorials printed, or near them. */
    private static final Map<String, Integer> LENGTHS = Map.of("a", 10_966, "b", 107_786, "c", 608_422);

    SiteContent {
        pages = Map.copyOf(pages);
        pictures = List.copyOf(pictures);
        pictureByName = Map.copyOf(pictureByName);
    }

    /** Makes it; takes some tenths of a second. */
    static SiteContent make() {
        Map<String, Buffer> pages =
                LENGTHS.keySet().stream().collect(Collectors.toMap(Function.identity(), SiteContent::page));
        List<DemoPicture> pictures = DemoPicture.all();
        return new SiteContent(
                pages, pictures, pictures.stream().collect(Collectors.toMap(DemoPicture::name, Function.identity())));
    }

    private static Buffer page(String site) {
        String head = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Site " + site
                + "</title></head>\n<body>\n<h1>Site " + site + "</h1>\n";
        String tail = "</body>\n</html>\n";
        int room = LENGTHS.get(site) - head.length() - tail.length();
        return Buffer.buffer((head + paragraphs(room) + tail).getBytes(StandardCharsets.US_ASCII));
    }

    /** Paragraphs of exactly this length; the last is filled up with dots. */
    private static String paragraphs(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int n = 1; ; n++) {
            String next = "<p id=\"p" + n + "\">Ball " + n + " goes up, ball " + (n + 1)
                    + " comes down; whoever waits for one has a hand free for <a href=\"#p" + (n * 7 % 100 + 1)
                    + "\">another</a>.</p>\n";
            if (text.length() + next.length() + "<p></p>\n".length() > length) {
                int dots = length - text.length() - "<p></p>\n".length();
                return text + "<p>" + ".".repeat(dots) + "</p>\n";
            }
            text.append(next);
        }
    }
}

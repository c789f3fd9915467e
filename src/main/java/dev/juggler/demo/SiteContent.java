package dev.juggler.demo;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The content of the demo's site, shared read-only by its event loops.
 *
 * @param pages the page of each of the sites {@code a}, {@code b} and {@code c}
 * @param pictures the pictures of the album, in order
 * @param pictureByName the pictures by the names in their URLs
 */
record SiteContent(Map<String, Buffer> pages, List<DemoPicture> pictures, Map<String, DemoPicture> pictureByName) {
    /** Lengths at or near those printed in the tutorials. */
    private static final Map<String, Integer> LENGTHS = Map.of("a", 10_966, "b", 107_786, "c", 608_422);

    SiteContent {
        pages = Map.copyOf(pages);
        pictures = List.copyOf(pictures);
        pictureByName = Map.copyOf(pictureByName);
    }

    /** Creates the content. Blocks for a few tenths of a second. */
    static SiteContent create() {
        Map<String, Buffer> pages = LENGTHS.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> page(entry.getKey(), entry.getValue())));
        List<DemoPicture> pictures = DemoPicture.paintAll();
        return new SiteContent(
                pages, pictures, pictures.stream().collect(Collectors.toMap(DemoPicture::name, Function.identity())));
    }

    private static Buffer page(String site, int length) {
        String head = "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\"><title>Site " + site
                + "</title></head>\n<body>\n<h1>Site " + site + "</h1>\n";
        String tail = "</body>\n</html>\n";
        int bodyLength = length - head.length() - tail.length();
        return Buffer.buffer((head + paragraphs(bodyLength) + tail).getBytes(StandardCharsets.US_ASCII));
    }

    /** Paragraphs of exactly this total length; the last one is padded with dots. */
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

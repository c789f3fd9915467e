package dev.juggler.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes a tree of folders with small DocBook 5 articles, some of them with names that need quoting. */
final class DocBookArticles {
    static final int COUNT = 24;
    private static final List<String> FOLDERS = List.of(".", "patterns", "patterns/three balls", "people & props");
    private static final List<String> TRICKS =
            List.of("Cascade", "Fountain", "Shower", "Half-Shower", "Columns", "Box");

    private DocBookArticles() {}

    /** Writes the articles to a folder and to new folders below it. */
    static void write(Path folder) throws IOException {
        for (int n = 1; n <= COUNT; n++) {
            Path parent = Files.createDirectories(
                    folder.resolve(FOLDERS.get(n % FOLDERS.size())).normalize());
            Files.writeString(parent.resolve(fileName(n)), article(n));
        }
    }

    private static String fileName(int n) {
        return n % 8 == 0 ? "trick no. %d (it's odd).xml".formatted(n) : "trick-%02d.xml".formatted(n);
    }

    private static String article(int n) {
        String trick = TRICKS.get(n % TRICKS.size());
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- Article %1$d of <emphasis>the demo</emphasis>. -->
            <article xmlns="http://docbook.org/ns/docbook" xmlns:xlink="http://www.w3.org/1999/xlink"
                     version="5.0" xml:lang="en">
              <info>
                <title>%2$s with %3$d balls</title>
                <author><personname>Juggler &amp; Sons</personname></author>
              </info>
              <para>The %2$s needs %3$d balls, and a hand that is <emphasis>free</emphasis>
                when one comes down.</para>
            %4$s</article>
            """.formatted(n, trick, n % 5 + 3, sections(n));
    }

    private static String sections(int n) {
        return IntStream.rangeClosed(1, 4).mapToObj(s -> section(n, s)).collect(Collectors.joining());
    }

    private static String section(int n, int s) {
        return """
              <section xml:id="s%1$d">
                <title>Throw %1$d</title>
                <para>
                  See <link xlink:href="http://example.org/trick?n=%2$d&amp;throw=%1$d">the picture</link>.
                </para>
                <itemizedlist>
                  <listitem><para>Up with the %1$d. ball.</para></listitem>
                  <listitem><para>Down with the other.</para></listitem>
                </itemizedlist>
                <section>
                  <title>As a program</title>
                  <programlisting>while (up &lt; %1$d) {
                up++;
            }</programlisting>
                  <orderedlist><listitem><para>Read it.</para></listitem>
                    <listitem><para>Do it.</para></listitem></orderedlist>
                </section>
              </section>
            """.formatted(s, n);
    }
}

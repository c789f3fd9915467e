package dev.juggler.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The external program of the demo: a shell script that converts a DocBook article to HTML, run as {@code sh
 * docbook-to-html.sh ARTICLE.xml PAGE.html}. It needs {@code sh}, {@code sed}, {@code tr} and {@code grep}, which every
 * POSIX system has. A Java program would take half a second to start for each article.
 */
final class DocBookConverter {
    static final String NAME = "docbook-to-html.sh";

    /*
     * The script joins the article to one line and splits it before and after each block tag, so that the layout of the
     * XML does not matter. sed's hold space counts the depth of sections, which selects h2, h3 or h4: one x for each
     * open section, or "first" until the article's own title has come. File names are quoted, read by redirection, and
     * come after "--", so that none is expanded or taken for an option.
     */
    private static final String SCRIPT = """
        #!/bin/sh
        # Converts a DocBook article to an HTML page: its title, author, sections, paragraphs, lists, listings,
        # emphasis, code and links. Of other elements, only the text is kept. CDATA sections are not supported.
        # Usage: sh docbook-to-html.sh ARTICLE.xml PAGE.html
        set -eu
        if [ $# -ne 2 ]; then
            echo "usage: sh docbook-to-html.sh ARTICLE.xml PAGE.html" >&2
            exit 2
        fi
        if ! grep -q '<article' <"$1"; then
            echo "the first argument does not name a file with a DocBook article" >&2
            exit 1
        fi
        part=$2.part.$$
        trap 'rm -f -- "$part"' EXIT
        trap 'exit 130' INT
        trap 'exit 143' TERM

        # Two characters that XML forbids replace line feeds and ends of comments during the conversion.
        feed=$(printf '\\002')
        end=$(printf '\\003')
        blocks='article|info|title|author|personname|section|para|itemizedlist|orderedlist|listitem|programlisting'

        tr '\\n' "$feed" <"$1" | sed -E "
            s/-->/$end/g
            s/<!--[^$end]*$end//g
            s/<[?][^>]*>//g
            s/<emphasis[^>]*>/<em>/g
            s/<\\/emphasis>/<\\/em>/g
            s/<(\\/?)(literal|filename|command)[^>]*>/<\\1code>/g
            s/<link[^>]*href=(\\"[^\\"]*\\")[^>]*>/<a href=\\1>/g
            s/<\\/link>/<\\/a>/g
            s/<\\/?($blocks)([^a-z>][^>]*)?>/\\\\
        &\\\\
        /g
        " | sed -E '
            1i\\
        <!DOCTYPE html>\\
        <html><head><meta charset="utf-8">
            /^<article/ { s/.*/first/; h; d; }
            /^<title/ {
                N
                s/^[^\\n]*\\n//
                G
                s/^(.*)\\nfirst$/<title>\\1<\\/title><\\/head><body><h1>\\1/
                s/^(.*)\\n$/<h2>\\1/
                s/^(.*)\\nx$/<h2>\\1/
                s/^(.*)\\nxx$/<h3>\\1/
                s/^(.*)\\nx*$/<h4>\\1/
                b
            }
            /^<\\/title>/ {
                g
                s/^(x?)$/<\\/h2>/
                s/^first$/<\\/h1>/
                s/^xx$/<\\/h3>/
                s/^x.*/<\\/h4>/
                x
                s/^first$//
                x
                b
            }
            /^<section/ { x; s/^/x/; x; s/.*/<section>/; }
            /^<\\/section/ { x; s/^x//; x; }
            /^<\\/?(info|author)/d
            s/^<personname.*/<p class="author">/
            s/^<para.*/<p>/
            s/^<itemizedlist.*/<ul>/
            s/^<orderedlist.*/<ol>/
            s/^<listitem.*/<li>/
            s/^<programlisting.*/<pre>/
            s/^<\\/(para|personname)>/<\\/p>/
            s/^<\\/itemizedlist>/<\\/ul>/
            s/^<\\/orderedlist>/<\\/ol>/
            s/^<\\/listitem>/<\\/li>/
            s/^<\\/programlisting>/<\\/pre>/
            s/^<\\/article>/<\\/body><\\/html>/
        ' | tr "$feed" '\\n' >"$part"
        mv -f -- "$part" "$2"
        """;

    private DocBookConverter() {}

    /** Writes the script to a folder. */
    static Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve(NAME), SCRIPT);
    }
}

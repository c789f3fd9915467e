package dev.juggler.work.fetch.url;

import dev.juggler.work.Excerpt;
import java.net.IDN;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Encodes international host names in ASCII, and rejects those that the rules in use map to different hosts.
 *
 * <p>The JDK maps by IDNA 2003 and Unicode 3.2; browsers and curl map by UTS 46, non-transitional, and the current
 * Unicode. The two agree on most names. Where they do not, as on {@code faß.de}, a request could reach somebody else's
 * server.
 */
final class IdnaEncoder {
    /** The characters that end a label: RFC 3490, 3.1. */
    private static final Pattern LABEL_END = Pattern.compile("[.\\u3002\\uFF0E\\uFF61]");

    /**
     * Characters that IDNA 2003 replaces by others or drops, and UTS 46 keeps or replaces by different ones: sharp s,
     * final sigma, the zero-width joiners, a Mongolian hyphen, and five ideographs whose normal form was corrected.
     */
    private static final Pattern REMAPPED =
            Pattern.compile("[\\u00DF\\u03C2\\u200C\\u200D\\u1806\\x{2F868}\\x{2F874}\\x{2F91F}\\x{2F95F}\\x{2F9BF}]");

    /**
     * Characters that IDNA 2003 keeps, and that UTS 46 drops or does not allow: format characters, invisible fillers,
     * variation selectors, full stops of other scripts, and those newer than the JDK.
     */
    private static final Pattern DROPPED =
            Pattern.compile("[\\p{Cf}\\p{Cn}\\u115F\\u1160\\u17B4\\u17B5\\u180F\\u3002\\x{E0100}-\\x{E01EF}]");

    private IdnaEncoder() {}

    /**
     * Returns the host name in ASCII.
     *
     * @throws InvalidUrlException when it is not a host name, or maps to different ones under the two sets of rules
     */
    static String encode(String host) throws InvalidUrlException {
        String ascii = toAscii(host);
        String[] labels = LABEL_END.split(host, -1);
        String[] encoded = ascii.split("\\.", -1);
        boolean unambiguous =
                labels.length == encoded.length && !REMAPPED.matcher(host).find();
        for (int i = 0; unambiguous && i < labels.length; i++) {
            unambiguous = encoded[i].equals(labels[i]) || isStable(encoded[i]);
        }
        if (!unambiguous) {
            throw new InvalidUrlException("the host name '" + Excerpt.of(host)
                    + "' means different hosts to older and newer software; write the host in its xn--… form");
        }
        return ascii;
    }

    private static String toAscii(String host) throws InvalidUrlException {
        try {
            return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
        } catch (IllegalArgumentException e) {
            throw new InvalidUrlException("'" + Excerpt.of(host) + "' is not a host name");
        }
    }

    /** Returns whether the current Unicode leaves unchanged a label that IDNA 2003 has mapped. */
    private static boolean isStable(String encoded) {
        String label = IDN.toUnicode(encoded, IDN.ALLOW_UNASSIGNED);
        boolean decodes = !label.startsWith("xn--");
        return decodes
                && Normalizer.isNormalized(label, Normalizer.Form.NFKC)
                && label.codePoints().allMatch(c -> fold(c) == c)
                && !DROPPED.matcher(label).find();
    }

    /** Folds case. Cherokee folds to capitals, and a dotless i to itself. */
    private static int fold(int c) {
        if (Character.UnicodeScript.of(c) == Character.UnicodeScript.CHEROKEE) {
            return Character.toUpperCase(c);
        }
        return c == 'ı' ? c : Character.toLowerCase(Character.toUpperCase(c));
    }
}

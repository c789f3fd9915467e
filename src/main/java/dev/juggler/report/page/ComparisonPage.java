package dev.juggler.report.page;

import dev.juggler.report.Comparison;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Renders comparisons as one self-contained HTML page: the verdict, bars, a timeline of each model, the table. The page
 * has no scripts and loads nothing; its Content-Security-Policy allows only its own style sheet, by hash. The
 * template's output format escapes all inserted text.
 */
public final class ComparisonPage {
    private static final String TEMPLATE = "comparison.ftlh";
    private static final String STYLE = "comparison.css";

    private ComparisonPage() {}

    /**
     * A part of a page, with one comparison.
     *
     * @param heading distinguishes it from the other parts
     * @param note a line below the heading; empty for none
     */
    public record Part(String heading, String note, Comparison comparison) {}

    /**
     * Renders the comparisons of one job, on one or several machines, in UTF-8.
     *
     * @param differences sentences about differing outcomes between the machines; empty for none
     */
    public static byte[] of(List<Comparison> comparisons, List<String> differences) {
        boolean several = comparisons.size() > 1;
        List<Part> parts = comparisons.stream()
                .map(each -> new Part(several ? each.machine().text() : "Result", "", each))
                .toList();
        return of(
                "One job, under each concurrency model",
                comparisons.getFirst().comparedJob().command(),
                parts,
                differences);
    }

    /**
     * Renders a page of several comparisons, in UTF-8.
     *
     * @param kicker a line above the title
     * @param differences sentences about differing outcomes between the parts; empty for none
     */
    public static byte[] of(String kicker, String title, List<Part> parts, List<String> differences) {
        String style = style();
        Map<String, Object> model = Map.of(
                "style", style,
                "styleHash", "sha256-" + sha256(style),
                "kicker", kicker,
                "title", title,
                "several", parts.size() > 1,
                "differences", differences,
                "sections", parts.stream().map(PageSection::of).toList());
        StringWriter page = new StringWriter();
        try {
            configuration().getTemplate(TEMPLATE).process(model, page);
        } catch (TemplateException | IOException e) {
            throw new IllegalStateException("cannot render the template " + TEMPLATE + ": " + e.getMessage(), e);
        }
        return page.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Configuration configuration() {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setClassForTemplateLoading(ComparisonPage.class, "");
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        return configuration;
    }

    private static String style() {
        try (InputStream in = ComparisonPage.class.getResourceAsStream(STYLE)) {
            return "\n" + new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + STYLE + " from the jar: " + e.getMessage(), e);
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must support SHA-256", e);
        }
    }
}

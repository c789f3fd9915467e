package dev.juggler.cli.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.juggler.boot.ShippedSettings;
import dev.juggler.cli.Commands;
import dev.juggler.cli.command.CommandFailure;
import dev.juggler.cli.run.RunOptions;
import dev.juggler.client.JobRequest;
import dev.juggler.client.StrictJson;
import dev.juggler.job.ByteRate;
import dev.juggler.job.ByteSize;
import dev.juggler.job.Rate;
import dev.juggler.option.FetchOption;
import dev.juggler.option.FetchOption.Form;
import dev.juggler.option.FetchOption.Part;
import dev.juggler.option.FetchOption.Spelling;
import dev.juggler.option.FetchOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of the table is known wherever options are: to the help, to submit, to the bus and to the documents. */
class FetchOptionTableTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Values that every option of a type takes. */
    private static final Map<Class<?>, String> SAMPLES = Map.of(
            String.class, "sample",
            Integer.class, "2",
            Duration.class, "3s",
            Rate.class, "4/s",
            ByteSize.class, "5k",
            ByteRate.class, "6k");

    private static String documents;

    @BeforeAll
    static void readDocuments() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src", "docs"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".md")).toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        documents = all.toString();
    }

    static List<FetchOption<?>> all() {
        return FetchOptions.all();
    }

    private static CommandSpec fetch() {
        return Commands.parserOfAll().getSubcommands().get("fetch").getCommandSpec();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isInTheHelpOfFetchWithItsNamesAndText(FetchOption<?> option) {
        for (Spelling<?> spelling : option.spellings()) {
            OptionSpec found = fetch().findOption(spelling.longName());
            assertEquals(List.of(spelling.names().split(", ")), List.of(found.names()));
            assertFalse(spelling.help().isBlank());
            assertEquals(
                    option.form() == Form.VALUE || option.form() == Form.LIST ? 1 : 0,
                    found.arity().max());
        }
        assertEquals(option.form() == Form.NONE, option.spellings().isEmpty());
    }

    @Test
    void noTwoOptionsShareANameOrAMember() {
        Set<String> seen = new HashSet<>();
        for (FetchOption<?> option : all()) {
            option.part().ifPresent(part -> assertTrue(seen.add(part + "." + option.member()), option::toString));
            for (Spelling<?> spelling : option.spellings()) {
                for (String name : spelling.names().split(", ")) {
                    assertTrue(seen.add(name), name);
                }
            }
        }
    }

    /** The words of a fetch that has this option, and what it needs. */
    private static List<String> words(FetchOption<?> option, Spelling<?> spelling) {
        List<String> words = new ArrayList<>(List.of("fetch", "http://h/"));
        if (option.part().filter(part -> part == Part.SAVING).isPresent() || option == FetchOptions.SEGMENTS) {
            words.addAll(List.of("-o", "out"));
        }
        if (option.part().filter(part -> part == Part.API).isPresent()) {
            if (option != FetchOptions.FROM) {
                words.addAll(List.of("--from", "http://h/api"));
            }
            if (option != FetchOptions.SELECT) {
                words.addAll(List.of("--select", "/links/*"));
            }
        }
        words.add(spelling.longName());
        if (option.form() == Form.LIST) {
            words.add("Accept: text/html");
        } else if (option.form() == Form.VALUE) {
            words.add(SAMPLES.get(option.type()));
        }
        return words;
    }

    private static JobRequest submit(List<String> words) throws IOException {
        return JobSubmission.of(Commands::parserFor, words, "k", null, 9, null);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isSentBySubmitOrRejectedWithItsReason(FetchOption<?> option) throws IOException {
        for (Spelling<?> spelling : option.spellings()) {
            List<String> words = words(option, spelling);
            if (option.refusal().isPresent()) {
                String message =
                        assertThrows(CommandFailure.class, () -> submit(words)).getMessage();
                assertTrue(message.contains(spelling.longName()), message);
                assertTrue(message.contains(option.refusal().get()), message);
            } else {
                JsonNode sent = MAPPER.readTree(StrictJson.write(submit(words)));
                assertFalse(member(sent, option).isMissingNode(), () -> spelling + " is not in " + sent);
            }
        }
    }

    @Test
    void whatSubmitDoesNotKnowIsRejectedAndNotDropped() {
        Set<String> known = new HashSet<>(RunOptions.requestable());
        all().forEach(option -> option.spellings().forEach(each -> known.add(each.longName())));
        known.addAll(Set.of("--input", "--null", "--literal", "--help"));
        for (OptionSpec option : fetch().options()) {
            if (!known.contains(option.longestName())) {
                List<String> words = new ArrayList<>(List.of("fetch", "http://h/", option.longestName()));
                if (option.arity().max() > 0) {
                    words.add(
                            switch (option.longestName()) {
                                case "--progress" -> "none";
                                case "--color" -> "never";
                                case "--per-process" -> "async:2";
                                default -> "2";
                            });
                }
                assertThrows(CommandFailure.class, () -> submit(words), option.longestName());
            }
        }
    }

    private static JsonNode member(JsonNode request, FetchOption<?> option) {
        JsonNode work = request.path("work");
        return switch (option.part().orElseThrow()) {
            case WORK -> work.path(option.member());
            case TRANSFER, SAVING -> work.path(option.part().get().member()).path(option.member());
            case API -> request.path("inputs").path("from").path(option.member());
        };
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAMemberOfARequestOrUnknownThere(FetchOption<?> option) throws IOException {
        if (option.part().isEmpty()) {
            String json = "{\"key\":\"k\",\"work\":{\"kind\":\"fetch\",\""
                    + option.toString().substring(2) + "\":\"x\"},\"inputs\":{\"items\":[1]}}";
            String message = assertThrows(IllegalArgumentException.class, () -> read(json))
                    .getMessage();
            assertTrue(message.startsWith("unknown field"), message);
            return;
        }
        for (Spelling<?> spelling : option.spellings()) {
            byte[] sent = StrictJson.write(submit(words(option, spelling)));
            JobRequest read = read(new String(sent, StandardCharsets.UTF_8));
            assertEquals(submit(words(option, spelling)), read);
            assertNotEquals(submit(List.of("fetch", "http://h/")), read);
        }
    }

    private static JobRequest read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8), JobRequest.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void isExplainedInTheDocuments(FetchOption<?> option) {
        for (Spelling<?> spelling : option.spellings()) {
            assertTrue(
                    Stream.of(spelling.names().split(", ")).anyMatch(FetchOptionTableTest::isInDocuments),
                    spelling.names());
        }
        if (option.part().isPresent()) {
            assertTrue(documents.contains("`" + option.member() + "`"), option.member());
        }
    }

    private static boolean isInDocuments(String name) {
        return Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])")
                .matcher(documents)
                .find();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aShippedSettingIsItsDefault(FetchOption<?> option) {
        Map<?, ?> shipped = (Map<?, ?>) ShippedSettings.ALL.get("fetch");
        for (Spelling<?> spelling : option.spellings()) {
            Object setting = shipped.get(spelling.longName().substring(2));
            if (setting != null) {
                assertEquals(option.defaultText().orElseThrow(), setting.toString());
            }
        }
        option.defaultText()
                .ifPresent(text -> assertEquals(option.defaultValue().orElseThrow(), option.parse(text)));
    }
}

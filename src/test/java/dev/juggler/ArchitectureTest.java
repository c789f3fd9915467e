package dev.juggler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The house: which package stands on which floor, and which packages it may use. Plain test methods, because ArchUnit's
 * own {@code @ArchTest} fields were found not to run under Surefire here.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.juggler";
    /** Longer than a cut at a joint needs, so that nothing has to be cut elsewhere. */
    private static final int LONGEST_FILE = 500;

    private static final Set<String> ALL_BELOW = Set.of("*");

    /** A package below {@link #ROOT}, and the ones it may use besides itself. */
    private record Room(int floor, String name, Set<String> uses) {
        boolean mayUse(Room other) {
            return equals(other) || uses.contains(other.name) || (uses.equals(ALL_BELOW) && other.floor < floor);
        }
    }

    /** A package that is not there yet is fine; one that is there and not in this table is not. */
    private static final Map<String, Room> HOUSE = Stream.of(
                    new Room(0, "job", Set.of()),
                    new Room(0, "access", Set.of()),
                    new Room(0, "libc", Set.of()),
                    new Room(0, "boot", Set.of()),
                    new Room(0, "process", Set.of()),
                    new Room(1, "bus", Set.of("job")),
                    new Room(1, "option", Set.of("job", "access")),
                    new Room(1, "journal", Set.of("job")),
                    new Room(1, "work", Set.of("job")),
                    new Room(1, "source", Set.of("job")),
                    new Room(1, "report", Set.of("job")),
                    new Room(2, "report.page", Set.of("job", "report")),
                    new Room(2, "work.fetch.url", Set.of("access", "work")),
                    new Room(2, "work.compute.function", Set.of("job", "work")),
                    new Room(3, "work.compute.builtin", Set.of("job", "work", "work.compute.function")),
                    new Room(3, "work.compute.user", Set.of("job", "work", "work.compute.function")),
                    new Room(
                            4,
                            "work.compute",
                            Set.of(
                                    "job",
                                    "work",
                                    "work.compute.function",
                                    "work.compute.builtin",
                                    "work.compute.user")),
                    new Room(2, "work.exec", Set.of("job", "libc", "work")),
                    new Room(3, "work.fetch.http", Set.of("job", "access", "work", "work.fetch.url")),
                    new Room(
                            4,
                            "work.fetch.saving",
                            Set.of("job", "access", "libc", "work", "work.fetch.url", "work.fetch.http")),
                    new Room(
                            5,
                            "work.fetch",
                            Set.of("job", "access", "work", "work.fetch.url", "work.fetch.http", "work.fetch.saving")),
                    new Room(
                            6,
                            "worker",
                            Set.of(
                                    "job",
                                    "bus",
                                    "work",
                                    "work.fetch",
                                    "work.fetch.http",
                                    "work.compute",
                                    "work.compute.user",
                                    "work.exec")),
                    new Room(6, "client", Set.of("job", "bus", "option")),
                    new Room(6, "coordinator", Set.of("job", "bus", "journal", "source")),
                    new Room(
                            7,
                            "service",
                            Set.of(
                                    "job",
                                    "bus",
                                    "work",
                                    "work.fetch",
                                    "work.fetch.http",
                                    "work.compute",
                                    "work.exec",
                                    "worker")),
                    new Room(7, "cluster", Set.of("job", "bus", "worker")),
                    new Room(7, "model", Set.of("job", "bus", "work", "worker")),
                    new Room(
                            8,
                            "model.processes",
                            Set.of("job", "bus", "work", "worker", "cluster", "process", "model")),
                    new Room(9, "engine", ALL_BELOW),
                    new Room(10, "node.settings", ALL_BELOW),
                    new Room(11, "node.remote", ALL_BELOW),
                    new Room(12, "node.jobs", ALL_BELOW),
                    new Room(13, "node", ALL_BELOW),
                    new Room(10, "compare", ALL_BELOW),
                    new Room(10, "tune", ALL_BELOW),
                    new Room(10, "demo", ALL_BELOW),
                    new Room(14, "cli.command", ALL_BELOW),
                    new Room(15, "cli.run", ALL_BELOW),
                    new Room(16, "cli.cluster", ALL_BELOW),
                    new Room(16, "cli.compare", ALL_BELOW),
                    new Room(17, "cli", ALL_BELOW))
            .collect(toMap(Room::name, Function.identity()));

    private static JavaClasses production;

    @BeforeAll
    static void readClassFiles() {
        production = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ROOT);
        // The importer only warns about class files newer than it knows, and then every rule would hold.
        assertFalse(production.isEmpty(), "no production class was read");
    }

    @Test
    void everyProductionClassBelongsToAListedPackage() {
        assertNone(
                "outside the table",
                production.stream()
                        .filter(each -> !HOUSE.containsKey(roomName(each)))
                        .map(JavaClass::getName));
    }

    @Test
    void packagesUseOnlyWhatTheTableAllows() {
        assertNone(
                "against the table",
                production.stream()
                        .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                        .filter(ArchitectureTest::isForbidden)
                        .map(Dependency::getDescription));
    }

    private static boolean isForbidden(Dependency dependency) {
        Room from = HOUSE.get(roomName(dependency.getOriginClass()));
        Room to = HOUSE.get(roomName(dependency.getTargetClass().getBaseComponentType()));
        return from != null && to != null && !from.mayUse(to);
    }

    @Test
    void theTableItselfPointsDownOrFromAPartToItsWhole() {
        for (Room room : HOUSE.values()) {
            for (String name : room.uses().equals(ALL_BELOW) ? Set.<String>of() : room.uses()) {
                assertTrue(
                        HOUSE.get(name).floor() < room.floor() || room.name().startsWith(name + "."),
                        room.name() + " on floor " + room.floor() + " uses " + name);
            }
        }
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(production);
    }

    @Test
    void theVocabularyKnowsNoVertx() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".job..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(production);
    }

    @Test
    void noPackageIsCalledImpl() {
        noClasses().should().resideInAPackage("..impl..").check(production);
    }

    @Test
    void everyPackageSaysWhatItIsFor() throws IOException {
        assertNone(
                "without package-info.java",
                FormatTest.sources().stream()
                        .filter(file -> file.startsWith(Path.of("src", "main")))
                        .map(Path::getParent)
                        .distinct()
                        .filter(folder -> Files.notExists(folder.resolve("package-info.java")))
                        .map(Path::toString));
    }

    @Test
    void noFileIsLongerThanOneSitting() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : FormatTest.sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > LONGEST_FILE) {
                tooLong.add(file + ": " + lines + " lines, at most " + LONGEST_FILE);
            }
        }
        assertNone("too long", tooLong.stream());
    }

    /** The package of a class below {@link #ROOT}, or its full package name when it is elsewhere. */
    private static String roomName(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : name;
    }

    private static void assertNone(String what, Stream<String> found) {
        List<String> all = found.distinct().sorted().toList();
        if (!all.isEmpty()) {
            fail(what + ":\n  " + String.join("\n  ", all));
        }
    }
}

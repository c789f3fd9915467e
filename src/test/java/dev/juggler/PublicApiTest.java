package dev.juggler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The declared API of the library: what applications may use exposes nothing that they may not. */
class PublicApiTest {
    private static final String ROOT = "dev.juggler.";
    private static final Set<String> PACKAGES =
            Set.of("engine", "job", "source", "report", "journal", "client", "service", "cluster", "work", "option");
    private static final Set<String> CLASSES =
            Set.of("worker.WorkProviders", "model.WorkerPool", "model.WorkerPoolFactory", "model.WorkerPoolRequest");

    @Test
    void apiTypesExposeOnlyApiTypes() {
        Set<String> exposed = new TreeSet<>();
        List<JavaClass> api = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("dev.juggler").stream()
                        .filter(PublicApiTest::isApi)
                        .filter(PublicApiTest::isReachable)
                        .toList();
        assertTrue(api.size() > 50, "found " + api.size());
        for (JavaClass type : api) {
            type.getCodeUnits().stream()
                    .filter(member -> isVisible(member.getModifiers()))
                    .flatMap(PublicApiTest::types)
                    .filter(PublicApiTest::isInternal)
                    .forEach(found -> exposed.add(type.getName() + " exposes " + found.getName()));
            type.getFields().stream()
                    .filter(member -> isVisible(member.getModifiers()))
                    .map(JavaField::getType)
                    .flatMap(each -> each.getAllInvolvedRawTypes().stream())
                    .filter(PublicApiTest::isInternal)
                    .forEach(found -> exposed.add(type.getName() + " exposes " + found.getName()));
        }
        assertEquals(Set.of(), exposed);
    }

    @Test
    void thePageOnTheLibraryDeclaresTheSameApi() throws Exception {
        String page = Files.readString(Path.of("src/docs/library.md"));
        String declared = page.substring(page.indexOf("## The public API"));
        Stream.concat(PACKAGES.stream(), CLASSES.stream())
                .forEach(name -> assertTrue(declared.contains('`' + name + '`'), name));
    }

    private static Stream<JavaClass> types(JavaCodeUnit member) {
        Stream<JavaType> types = Stream.concat(Stream.of(member.getReturnType()), member.getParameterTypes().stream());
        return types.flatMap(each -> each.getAllInvolvedRawTypes().stream());
    }

    private static boolean isApi(JavaClass type) {
        JavaClass outer = outermost(type);
        return PACKAGES.contains(withoutRoot(outer.getPackageName())) || CLASSES.contains(withoutRoot(outer.getName()));
    }

    private static boolean isInternal(JavaClass type) {
        JavaClass element = type.getBaseComponentType();
        return element.getName().startsWith(ROOT) && !(isApi(element) && isReachable(element));
    }

    /** Tells whether a class and those around it are public. */
    private static boolean isReachable(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::isReachable).orElse(true);
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(PublicApiTest::outermost).orElse(type);
    }

    private static String withoutRoot(String name) {
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED))
                && !modifiers.contains(JavaModifier.SYNTHETIC);
    }
}

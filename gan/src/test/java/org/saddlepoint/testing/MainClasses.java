package org.saddlepoint.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;

/** The classes of the library, without its tests, so that tests can ask whether every one of a kind is listed. */
public final class MainClasses {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("org.saddlepoint");

    private MainClasses() {}

    /** All of them. */
    public static JavaClasses all() {
        return ALL;
    }

    /** The concrete classes that implement or extend this type. */
    public static List<Class<?>> implementationsOf(Class<?> type) {
        List<Class<?>> found = ALL.stream()
                .filter(candidate -> candidate.isAssignableTo(type))
                .filter(candidate ->
                        !candidate.isInterface() && !candidate.getModifiers().contains(JavaModifier.ABSTRACT))
                .<Class<?>>map(JavaClass::reflect)
                .toList();
        if (found.isEmpty()) {
            throw new AssertionError("nothing implements " + type);
        }
        return found;
    }
}

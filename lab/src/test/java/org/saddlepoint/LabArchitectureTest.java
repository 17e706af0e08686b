package org.saddlepoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.saddlepoint.testing.MainClasses;

/** The rules of {@link ArchitectureTest}, which sees the library only, for the experiments and the library together. */
class LabArchitectureTest {
    private static final String ROOT = "org.saddlepoint";
    private static final JavaClasses ALL = MainClasses.all();

    @Test
    void theClassesOfTheLabAreSeenAndThoseOfTestsAreNot() {
        assertThat(ALL.contain("org.saddlepoint.lab.Experiments")).isTrue();
        assertThat(ALL.contain("org.saddlepoint.training.Trainer")).isTrue();
        assertThat(ALL.contain("org.saddlepoint.LabArchitectureTest")).isFalse();
        assertThat(ALL.contain("org.saddlepoint.testing.MainClasses")).isFalse();
    }

    @Test
    void theLabImportsOnlyWhatItMay() {
        ArchitectureTest.imports(ROOT, "lab").allowEmptyShould(false).check(ALL);
    }

    @Test
    void nothingOfTheLibraryImportsTheLab() {
        ArchitectureTest.packages().stream()
                .filter(name -> !name.equals("lab") && !name.equals("cli"))
                .forEach(name -> ArchitectureTest.imports(ROOT, name).check(ALL));
    }

    @Test
    void theOtherRulesHold() {
        ArchitectureTest.inATablePackage(ROOT).check(ALL);
        ArchitectureTest.noBinding(ROOT).check(ALL);
        ArchitectureTest.noNetwork(ROOT).check(ALL);
        ArchitectureTest.noCycles(ROOT).check(ALL);
        ArchitectureTest.abstractOrFinal().check(ALL);
    }
}

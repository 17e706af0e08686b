package org.saddlepoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.saddlepoint.testing.MainClasses;

/** The rules of {@link ArchitectureTest} for the studio and the library together. */
class StudioArchitectureTest {
    private static final String ROOT = "org.saddlepoint";
    private static final JavaClasses ALL = MainClasses.all();

    @Test
    void theClassesOfTheStudioAreSeenAndThoseOfTestsAreNot() {
        assertThat(ALL.contain("org.saddlepoint.studio.Studio")).isTrue();
        assertThat(ALL.contain("org.saddlepoint.training.Trainer")).isTrue();
        assertThat(ALL.contain("org.saddlepoint.studio.Fakes")).isFalse();
    }

    @Test
    void theStudioImportsOnlyWhatItMay() {
        ArchitectureTest.imports(ROOT, "studio").allowEmptyShould(false).check(ALL);
    }

    @Test
    void nothingOfTheLibraryImportsTheStudio() {
        ArchitectureTest.packages().stream()
                .filter(name -> !name.equals("studio") && !name.equals("cli"))
                .forEach(name -> ArchitectureTest.imports(ROOT, name).check(ALL));
    }

    @Test
    void theServerKnowsNothingOfWhatItServesAndServingNothingOfTheStudio() {
        importNone("studio.server..", "studio", "studio.runs..", "studio.models..", "studio.play..", "studio.serve..");
        importNone("studio.serve..", "studio", "studio.runs..", "studio.play..");
        importNone("studio.models..", "studio", "studio.serve..");
    }

    private static void importNone(String importing, String... forbidden) {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "." + importing)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        Stream.of(forbidden).map(name -> ROOT + "." + name).toArray(String[]::new))
                .check(ALL);
    }

    @Test
    void theOtherRulesHold() {
        ArchitectureTest.inATablePackage(ROOT).check(ALL);
        ArchitectureTest.noBinding(ROOT).check(ALL);
        ArchitectureTest.noNetwork(ROOT).check(ALL); // the server's own sockets are Jetty's
        ArchitectureTest.abstractOrFinal().check(ALL);
    }
}

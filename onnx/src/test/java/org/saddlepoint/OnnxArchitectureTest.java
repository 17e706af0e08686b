package org.saddlepoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.saddlepoint.testing.MainClasses;

/** The rules of {@link ArchitectureTest}, which sees the library only, for export to ONNX and the library together. */
class OnnxArchitectureTest {
    private static final String ROOT = "org.saddlepoint";
    private static final JavaClasses ALL = MainClasses.all();

    @Test
    void exportImportsOnlyWhatItMay() {
        assertThat(ALL.contain("org.saddlepoint.onnx.OnnxExport")).isTrue();
        ArchitectureTest.imports(ROOT, "onnx").allowEmptyShould(false).check(ALL);
        ArchitectureTest.noBinding(ROOT).check(ALL);
    }

    /** So those who do not export need neither. */
    @Test
    void onlyExportUsesTheFormatAndItsRuntime() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackage(ROOT + ".onnx..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.onnx..", "ai.onnxruntime..", "com.google.protobuf..")
                .check(ALL);
    }
}

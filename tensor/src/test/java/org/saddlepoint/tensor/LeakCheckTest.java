package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder.request;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs a class of leaking tests on its own, and asks which of them fail and why. */
@ExtendWith(LeakCheck.class)
class LeakCheckTest {
    @Test
    void testsThatLeakFailAndSayWhatAndOthersPass() {
        Map<String, String> results = new TreeMap<>();
        LauncherFactory.create()
                .execute(request().selectors(selectClass(Leaky.class)).build(), new TestExecutionListener() {
                    @Override
                    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                        if (test.isTest()) {
                            results.put(
                                    test.getDisplayName(),
                                    result.getThrowable()
                                            .map(Throwable::getMessage)
                                            .orElse("passed"));
                        }
                    }
                });
        Leaky.retained.forEach(Retained::close);
        Leaky.retained = List.of();

        assertThat(results.keySet())
                .containsExactly(
                        "a_leavesAScope()",
                        "b_leavesTwoScopesAndATensor()",
                        "c_leavesARetainedTensor()",
                        "d_freesWhatItDidNotMake()",
                        "e_leavesNothing()");
        assertThat(results.get("a_leavesAScope()"))
                .contains("open scopes 0 -> 1 (+1)")
                .doesNotContain("tensors");
        assertThat(results.get("b_leavesTwoScopesAndATensor()"))
                .contains("open scopes 0 -> 2 (+2)")
                .contains("scoped tensors 0 -> 1 (+1)")
                .doesNotContain("retained");
        assertThat(results.get("c_leavesARetainedTensor()")).contains("retained tensors 1 -> 2 (+1)");
        assertThat(results.get("d_freesWhatItDidNotMake()")).contains("retained tensors 2 -> 1 (-1)");
        assertThat(results.get("e_leavesNothing()")).isEqualTo("passed");
    }

    @Test
    void equalCountsPassAndOthersDoNot() {
        TensorScope.Statistics one = new TensorScope.Statistics(1, 2, 3);
        LeakCheck.requireSame(one, new TensorScope.Statistics(1, 2, 3));
        assertThatThrownBy(() -> LeakCheck.requireSame(one, new TensorScope.Statistics(1, 1, 3)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("scoped tensors 2 -> 1 (-1)");
    }

    /** Not found by the build, since it is nested; its one tensor of before all tests and one of each are no leaks. */
    @ExtendWith(LeakCheck.class)
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static class Leaky {
        static List<Retained> retained = List.of();
        private static Retained shared;
        private Retained own;

        @BeforeAll
        static void makeShared() {
            shared = retained();
        }

        @AfterAll
        static void freeShared() {
            shared.close();
        }

        @BeforeEach
        void makeOwn() {
            own = retained();
        }

        @AfterEach
        void freeOwn() {
            own.close();
        }

        @Test
        void a_leavesAScope() {
            TensorScope.open();
        }

        @Test
        void b_leavesTwoScopesAndATensor() {
            TensorScope.open();
            TensorScope.open();
            Tensors.zeros(2);
        }

        @Test
        void c_leavesARetainedTensor() {
            retained = List.of(retained(), retained());
            retained.get(0).close();
        }

        @Test
        void d_freesWhatItDidNotMake() {
            retained.get(1).close();
        }

        @Test
        void e_leavesNothing() {
            try (TensorScope scope = TensorScope.open()) {
                Tensors.zeros(2);
            }
        }

        private static Retained retained() {
            try (TensorScope scope = TensorScope.open()) {
                return Retained.copyOf(Tensors.zeros(1));
            }
        }
    }
}

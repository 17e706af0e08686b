package org.saddlepoint.tensor;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails each test that leaves an open scope, a scoped tensor or a retained tensor behind. Use it as
 *
 * <pre>{@code @ExtendWith(LeakCheck.class)}</pre>
 *
 * <p>What was alive before the test, such as a retained tensor of {@code @BeforeAll}, counts as no leak; what its
 * {@code @AfterEach} methods free neither. The counts are those of the whole process, so tests that use it run one after
 * the other. Scopes that a test leaves open on its thread are closed after the failure, so the next test starts clean.
 */
public final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(LeakCheck.class);

    private record Before(TensorScope.Statistics alive, @Nullable TensorScope scope) {}

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", new Before(TensorScope.statistics(), innermost()));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Before before = context.getStore(NAMESPACE).remove("before", Before.class);
        TensorScope.Statistics after = TensorScope.statistics();
        for (TensorScope left = innermost(); left != null && left != before.scope(); left = innermost()) {
            left.close();
        }
        requireSame(before.alive(), after);
    }

    /**
     * Compares two counts of what is alive.
     *
     * @throws AssertionError if any differs, naming each; fewer is wrong too, since then a test freed what it did not make
     */
    static void requireSame(TensorScope.Statistics before, TensorScope.Statistics after) {
        if (!before.equals(after)) {
            throw new AssertionError("the test left native memory in another state than it found:"
                    + difference("open scopes", before.openScopes(), after.openScopes())
                    + difference("scoped tensors", before.scopedTensors(), after.scopedTensors())
                    + difference("retained tensors", before.retained(), after.retained())
                    + "; -Dsaddlepoint.scope.stacks=true tells where scopes were opened");
        }
    }

    private static String difference(String what, long before, long after) {
        return before == after ? "" : String.format(" %s %d -> %d (%+d)", what, before, after, after - before);
    }

    private static @Nullable TensorScope innermost() {
        try {
            return TensorScope.current();
        } catch (IllegalStateException noScopeIsOpen) {
            return null;
        }
    }
}

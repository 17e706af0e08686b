package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class TensorScopeTest {
    private static final String FREED =
            "this tensor was freed when its scope or owner closed; promote or retain it to keep it longer";

    @Test
    void countsScopesAndTensorsExactly() {
        requireAlive(0, 0, 0);
        try (TensorScope outer = TensorScope.open()) {
            requireAlive(1, 0, 0);
            Tensor a = Tensors.ones(2);
            Tensor sum = a.add(a);
            requireAlive(1, 2, 0);
            try (TensorScope inner = TensorScope.open()) {
                Tensor product = sum.mul(3).neg();
                requireAlive(2, 4, 0);
                assertThat(product.toFloatArray()).containsExactly(-6, -6);
            }
            requireAlive(1, 2, 0);
            assertThat(sum.toFloatArray()).containsExactly(2, 2);
            requireAlive(1, 2, 0);
        }
        requireAlive(0, 0, 0);
    }

    @Test
    void makingATensorWhereNoScopeIsOpenThrowsAndNamesTheThread() throws Exception {
        assertThatThrownBy(() -> Tensors.zeros(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no TensorScope is open on thread "
                        + Thread.currentThread().getName());
        try (TensorScope scope = TensorScope.open()) {
            Tensor here = Tensors.zeros(2);
            Thread worker = new Thread(
                    () -> assertThatThrownBy(() -> here.add(1))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("no TensorScope is open on thread decoder 3; wrap the code in"
                                    + " try (TensorScope scope = TensorScope.open())"),
                    "decoder 3");
            join(worker);
        }
        requireAlive(0, 0, 0);
    }

    @Test
    void everyUseOfAFreedTensorThrowsAndItsNameSaysSo() {
        Tensor freed;
        try (TensorScope scope = TensorScope.open()) {
            freed = Tensors.ones(2);
        }
        try (TensorScope scope = TensorScope.open()) {
            Tensor alive = Tensors.ones(2);
            Tensor image = Tensors.ones(1, 1, 3, 3);
            List<Callable<?>> uses = List.of(
                    freed::shape,
                    () -> freed.size(0),
                    freed::dtype,
                    freed::device,
                    freed::requiresGrad,
                    freed::item,
                    freed::toFloatArray,
                    freed::toDoubleArray,
                    freed::toLongArray,
                    freed::toByteArray,
                    () -> freed.add(1),
                    () -> alive.add(freed),
                    () -> freed.withGrad(true),
                    () -> Tensors.cat(List.of(alive, freed), 0),
                    () -> Functional.conv2d(image, image, freed, 1, 1),
                    () -> Functional.batchNorm(
                            image, null, null, new Functional.RunningStatistics(freed, freed, 0.1), true, 1e-5),
                    () -> Autograd.grad(alive.withGrad(true).sum(), List.of(freed)),
                    () -> Autograd.grad(freed, List.of(alive)),
                    () -> Retained.copyOf(freed),
                    () -> scope.promote(freed));
            for (Callable<?> use : uses) {
                assertThatThrownBy(use::call)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage(FREED);
            }
            assertThatThrownBy(() -> alive.assign(freed)).hasMessage(FREED);
            assertThatThrownBy(() -> OptimizerKernels.lerp(List.of(alive), List.of(freed), 0.5))
                    .hasMessage(FREED);
            assertThat(freed).hasToString("Tensor(freed)");
            assertThat(alive).hasToString("Tensor(FLOAT32, [2], cpu)");
        }
    }

    @Test
    void aPromotedTensorLivesOneScopeLonger() {
        Tensor promoted;
        try (TensorScope outer = TensorScope.open()) {
            try (TensorScope inner = TensorScope.open()) {
                Tensor made = Tensors.full(5, DType.FLOAT32, 3);
                promoted = inner.promote(made);
                assertThat(promoted).isSameAs(made);
                Tensors.ones(4);
                requireAlive(2, 2, 0);
            }
            requireAlive(1, 1, 0);
            assertThat(promoted.toFloatArray()).containsExactly(5, 5, 5);
        }
        assertThatThrownBy(promoted::shape).hasMessage(FREED);
    }

    @Test
    void promotingTwiceLeavesTwoScopes() {
        try (TensorScope outer = TensorScope.open()) {
            List<Tensor> results;
            try (TensorScope middle = TensorScope.open()) {
                try (TensorScope inner = TensorScope.open()) {
                    results = inner.promote(List.of(Tensors.ones(1), Tensors.full(2, DType.FLOAT32, 1)));
                }
                requireAlive(2, 2, 0);
                middle.promote(results);
            }
            requireAlive(1, 2, 0);
            assertThat(results.get(0).add(results.get(1)).item()).isEqualTo(3);
        }
    }

    @Test
    void promotingWhatAnOuterScopeOrAnOwnerHoldsChangesNothing() {
        try (TensorScope outer = TensorScope.open();
                Retained owner = Retained.copyOf(Tensors.ones(2))) {
            Tensor made = Tensors.ones(2);
            try (TensorScope inner = TensorScope.open()) {
                assertThat(inner.promote(made)).isSameAs(made);
                assertThat(inner.promote(owner.tensor())).isSameAs(owner.tensor());
            }
            assertThat(made.sum().item()).isEqualTo(2);
            assertThat(owner.tensor().sum().item()).isEqualTo(2);
        }
    }

    @Test
    void aRootScopeCannotPromote() {
        try (TensorScope root = TensorScope.open()) {
            Tensor made = Tensors.ones(2, 3);
            assertThatThrownBy(() -> root.promote(made))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no scope encloses this one")
                    .hasMessageContaining("[2, 3]");
            assertThat(made.sum().item()).isEqualTo(6);
        }
    }

    @Test
    void scopesCloseInnermostFirst() {
        TensorScope outer = TensorScope.open();
        TensorScope inner = TensorScope.open();
        Tensor made = Tensors.ones(2);
        assertThatThrownBy(outer::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("close innermost first");
        requireAlive(2, 1, 0);
        assertThat(made.sum().item()).isEqualTo(2);
        requireAlive(2, 2, 0);
        inner.close();
        outer.close();
        requireAlive(0, 0, 0);
    }

    @Test
    void closingTwiceDoesNothing() {
        try (TensorScope outer = TensorScope.open()) {
            TensorScope inner = TensorScope.open();
            inner.close();
            inner.close();
            requireAlive(1, 0, 0);
            assertThat(Tensors.ones(1).item()).isEqualTo(1);
        }
    }

    @Test
    void anotherThreadCannotCloseAScope() throws Exception {
        try (TensorScope scope = TensorScope.open()) {
            Thread intruder = new Thread(
                    () -> assertThatThrownBy(scope::close)
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessage("the scope of thread main was closed by thread intruder"),
                    "intruder");
            String before = Thread.currentThread().getName();
            Thread.currentThread().setName("main");
            try {
                join(intruder);
            } finally {
                Thread.currentThread().setName(before);
            }
            assertThat(Tensors.ones(1).item()).isEqualTo(1);
        }
        requireAlive(0, 0, 0);
    }

    @Test
    void scopesOfTwoThreadsDoNotKnowEachOther() throws Exception {
        CyclicBarrier bothOpen = new CyclicBarrier(2);
        CyclicBarrier oneClosed = new CyclicBarrier(2);
        Callable<Double> first = () -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensors.ones(10);
                bothOpen.await(5, TimeUnit.MINUTES);
                requireAlive(2, 2, 0);
            }
            oneClosed.await(5, TimeUnit.MINUTES);
            return 0.0;
        };
        Callable<Double> second = () -> {
            try (TensorScope scope = TensorScope.open()) {
                Tensor mine = Tensors.full(3, DType.FLOAT32, 10);
                bothOpen.await(5, TimeUnit.MINUTES);
                oneClosed.await(5, TimeUnit.MINUTES);
                requireAlive(1, 1, 0);
                return mine.sum().item();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Double> one = threads.submit(first);
            Future<Double> other = threads.submit(second);
            assertThat(one.get(10, TimeUnit.MINUTES)).isZero();
            assertThat(other.get(10, TimeUnit.MINUTES)).isEqualTo(30);
        } finally {
            threads.shutdownNow();
        }
        requireAlive(0, 0, 0);
    }

    @Test
    void whatWasMadeBeforeAnExceptionIsFreed() {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> {
                        try (TensorScope outer = TensorScope.open()) {
                            Tensor a = Tensors.ones(2, 3);
                            try (TensorScope inner = TensorScope.open()) {
                                a.add(1).matmul(a);
                            }
                        }
                    })
                    .isInstanceOf(TensorException.class);
            requireAlive(0, 0, 0);
        }
    }

    @Test
    void viewsOfAFreedTensorKeepTheMemoryAlive() {
        try (TensorScope outer = TensorScope.open()) {
            Tensor view;
            try (TensorScope inner = TensorScope.open()) {
                view = inner.promote(Tensors.arange(1000).reshape(10, 100).select(0, 7));
            }
            assertThat(view.toLongArray()).startsWith(700, 701).endsWith(799).hasSize(100);
        }
    }

    @Test
    void aGraphOutlivesTheScopeOfItsIntermediateResults() {
        try (TensorScope outer = TensorScope.open()) {
            Tensor x = Tensors.full(3, DType.FLOAT64).withGrad(true);
            Tensor cube;
            try (TensorScope inner = TensorScope.open()) {
                cube = inner.promote(x.mul(x).mul(x));
            }
            assertThat(Autograd.grad(cube, List.of(x)).get(0).item()).isEqualTo(27);
        }
    }

    static void requireAlive(long scopes, long tensors, long retained) {
        assertThat(TensorScope.statistics()).isEqualTo(new TensorScope.Statistics(scopes, tensors, retained));
    }

    /** Runs the thread to its end, and fails as it failed. */
    private static void join(Thread thread) throws Exception {
        Throwable[] failure = new Throwable[1];
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join(TimeUnit.MINUTES.toMillis(5));
        if (failure[0] != null) {
            throw new ExecutionException(failure[0]);
        }
        assertThat(thread.isAlive()).isFalse();
    }
}

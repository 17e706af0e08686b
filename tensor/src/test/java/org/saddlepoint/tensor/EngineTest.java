package org.saddlepoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class EngineTest {
    @Test
    void coresAreForLibtorchOrForOpenBlas() {
        int before = Engine.threads();
        assertThat(before).isPositive();
        boolean could = Engine.letProductsSpin(true);
        try {
            for (int threads : new int[] {1, 2}) {
                Engine.threads(threads);
                assertThat(Engine.threads()).isEqualTo(threads);
                assertThat(torch.get_num_threads()).isEqualTo(threads);
                assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
                Engine.favour(Engine.Work.PRODUCTS);
                assertThat(Engine.favoured()).isEqualTo(Engine.Work.PRODUCTS);
                assertThat(Engine.threads()).isEqualTo(threads);
                assertThat(torch.get_num_threads()).isEqualTo(1);
                assertThat(openblas.blas_get_num_threads()).isEqualTo(threads);
                Engine.favour(Engine.Work.CONVOLUTIONS);
            }
            for (int wrong : new int[] {0, -1}) {
                assertThatThrownBy(() -> Engine.threads(wrong))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("threads must be >= 1 but was " + wrong);
            }
            assertThat(Engine.threads()).isEqualTo(2);
        } finally {
            Engine.favour(Engine.Work.CONVOLUTIONS);
            Engine.letProductsSpin(could);
            Engine.threads(before);
        }
    }

    @Test
    void productsOnSeveralCoresAreThoseOfOne() {
        int before = Engine.threads();
        boolean could = Engine.letProductsSpin(true);
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor a = random.normal(200, 150);
            Tensor b = random.normal(150, 300);
            Engine.favour(Engine.Work.PRODUCTS);
            Engine.threads(1);
            double[] one = a.matmul(b).to(DType.FLOAT64).toDoubleArray();
            Engine.threads(2);
            assertThat(a.matmul(b).to(DType.FLOAT64).toDoubleArray()).containsExactly(one, within(1e-4));
        } finally {
            Engine.favour(Engine.Work.CONVOLUTIONS);
            Engine.letProductsSpin(could);
            Engine.threads(before);
        }
    }

    @Test
    void productsStayOnOneCoreWhereThreadsAreToSleep() {
        int before = Engine.threads();
        boolean could = Engine.letProductsSpin(false);
        try {
            Engine.threads(2);
            Engine.favour(Engine.Work.PRODUCTS);
            assertThat(torch.get_num_threads()).isEqualTo(2);
            assertThat(openblas.blas_get_num_threads()).isEqualTo(1);
        } finally {
            Engine.favour(Engine.Work.CONVOLUTIONS);
            Engine.letProductsSpin(could);
            Engine.threads(before);
        }
    }

    @Test
    void knowsItsVersion() {
        assertThat(Engine.version()).matches("\\d+\\.\\d+\\.\\d+-\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void devicesAreNamedAsPyTorchNamesThem() {
        assertThat(Device.CPU).hasToString("cpu");
        assertThat(Device.cuda(1)).hasToString("cuda:1").isNotEqualTo(Device.cuda(0));
        assertThatThrownBy(() -> Device.cuda(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("but was -1 for CUDA");
        assertThatThrownBy(() -> new Device(Device.Type.CPU, 1)).isInstanceOf(IllegalArgumentException.class);
        try (TensorScope scope = TensorScope.open()) {
            assertThat(Tensors.ones(1).device()).isEqualTo(Device.CPU);
            assertThat(Tensors.ones(1).to(Device.CPU).device()).isEqualTo(Device.CPU);
        }
    }

    @Test
    void autocastComputesInBfloat16AndRestoresWhatWas() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(1)) {
            Tensor a = random.normal(4, 8);
            Tensor b = random.normal(8, 4);
            Tensor exact = a.to(DType.FLOAT64).matmul(b.to(DType.FLOAT64));
            boolean cached = torch.is_autocast_cache_enabled();
            try (Autocast outer = Autocast.bfloat16(Device.CPU)) {
                Tensor product = a.matmul(b);
                assertThat(product.dtype()).isEqualTo(DType.BFLOAT16);
                double error = product.to(DType.FLOAT64).sub(exact).abs().max().item();
                assertThat(error).as("8 bits of mantissa").isBetween(1e-5, 0.05);
                assertThat(a.dtype()).as("the operands stay").isEqualTo(DType.FLOAT32);
                Tensor image = Tensors.ones(1, 1, 3, 3);
                List<Tensor> results = List.of(
                        Functional.conv2d(image, image, Tensors.ones(1), 1, 0),
                        Functional.convTranspose2d(image, image, Tensors.ones(1), 2, 1, 1),
                        Functional.linear(a, b.transpose(0, 1), Tensors.ones(4)));
                assertThat(results).extracting(Tensor::dtype).containsOnly(DType.BFLOAT16);
                assertThat(image.sum().dtype()).as("sums stay exact").isEqualTo(DType.FLOAT32);
                try (Autocast inner = Autocast.bfloat16(Device.CPU)) {
                    assertThat(a.matmul(b).dtype()).isEqualTo(DType.BFLOAT16);
                }
                assertThat(a.matmul(b).dtype()).as("after the inner one").isEqualTo(DType.BFLOAT16);
            }
            assertThat(a.matmul(b).dtype()).isEqualTo(DType.FLOAT32);
            assertThat(torch.is_autocast_enabled(torch.DeviceType.CPU)).isFalse();
            assertThat(torch.is_autocast_cache_enabled()).isEqualTo(cached);
        }
    }

    /** Weights change between two forward passes: a cached cast would give the old ones' result. */
    @Test
    void autocastSeesUpdatedWeightsAndGradientsAreOfTheWeightsType() {
        try (TensorScope scope = TensorScope.open();
                Autocast bfloat16 = Autocast.bfloat16(Device.CPU)) {
            Tensor weight = Tensors.full(2, DType.FLOAT32, 1, 1).withGrad(true);
            Tensor x = Tensors.ones(1, 1);
            assertThat(x.matmul(weight).item()).isEqualTo(2);
            weight.assign(Tensors.full(5, DType.FLOAT32, 1, 1));
            Tensor y = x.matmul(weight);
            assertThat(y.item()).isEqualTo(5);
            Tensor gradient = Autograd.grad(y.sum(), List.of(weight)).get(0);
            assertThat(gradient.dtype()).isEqualTo(DType.FLOAT32);
            assertThat(gradient.item()).isEqualTo(1);
        }
    }
}

package org.saddlepoint.nn;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.saddlepoint.tensor.DType;
import org.saddlepoint.tensor.RandomGenerator;
import org.saddlepoint.tensor.TensorScope;
import org.saddlepoint.tensor.Tensors;

/** A network that is used after its end says so. */
class ClosedNetworkTest {
    @Test
    void aClosedNetworkSaysThatItIsClosed() {
        try (TensorScope scope = TensorScope.open();
                RandomGenerator random = new RandomGenerator(0)) {
            Sequential network = new Sequential(List.of(new Linear(2, 1, Initialization.DCGAN, random)));
            network.close();
            assertThatThrownBy(() -> network.forward(Tensors.zeros(DType.FLOAT32, 1, 2)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the network is closed");
            assertThatThrownBy(network::stateDict).hasMessageContaining("the network is closed");
        }
    }
}

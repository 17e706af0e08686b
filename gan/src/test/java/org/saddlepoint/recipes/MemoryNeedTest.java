package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.saddlepoint.data.LoaderConfig;
import org.saddlepoint.tensor.Device;
import org.saddlepoint.tensor.TensorException;

class MemoryNeedTest {
    private static void require(long example, long kept) {
        MemoryNeed.require("cyclegan", 2, example, kept, LoaderConfig.of(2, 1), Device.CPU);
    }

    @Test
    void whatFitsIsTaken() {
        require(1000, 1000);
    }

    @Test
    void batchesThatDoNotFitInTheHeapAreRefused() {
        assertThatThrownBy(() -> require(1L << 50, 1))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("batchSize 2 with the recipe cyclegan")
                .hasMessageContaining("Java's heap");
    }

    @Test
    void passesThatDoNotFitInTheMachineAreRefused() {
        // 2 examples of 2^48 numbers of 4 bytes are 2^51 bytes.
        assertThatThrownBy(() -> require(1, 1L << 48))
                .isInstanceOf(TensorException.class)
                .hasMessageContaining("it takes 2097152.0 GiB or more, and this machine has");
    }
}

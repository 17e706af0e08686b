package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.saddlepoint.tensor.Device;
import picocli.CommandLine;

/** Which device is chosen, on machines with and without a GPU. */
class EngineOptionsTest {
    private static Device chosen(int localRank, String... words) {
        return CommandLine.populateCommand(new EngineOptions(), words).check(localRank);
    }

    @Test
    void eachProcessOfAMachineHasAGpuOfItsOwnUnlessOneIsNamed() {
        assertThat(chosen(0, "--device", "cuda")).isEqualTo(Device.cuda(0));
        assertThat(chosen(3, "--device", "cuda")).isEqualTo(Device.cuda(3));
        assertThat(chosen(3, "--device", "cuda:1")).isEqualTo(Device.cuda(1));
        assertThat(chosen(3)).isEqualTo(Device.CPU);
    }

    @Test
    void otherWordsAreRefused() {
        for (String word : new String[] {"cuda:", "cuda:x", "cuda:-1", "cuda:128", "gpu"}) {
            assertThatThrownBy(() -> chosen(0, "--device", word))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("\"" + word + "\"; known are cpu, cuda and cuda:N");
        }
    }
}

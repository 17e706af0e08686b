package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PeakMemoryTest {
    @Test
    void itIsTheHighWaterMarkOfResidentMemory() {
        String status = "Name:\tjava\nVmPeak:\t 9000000 kB\nVmHWM:\t 3250586 kB\nVmRSS:\t 1000 kB\n";
        assertThat(PeakMemory.of(status)).hasValue(3250586 / 1048576.0);
        assertThat(PeakMemory.of("Name:\tjava\n")).isEqualTo(OptionalDouble.empty());
    }
}

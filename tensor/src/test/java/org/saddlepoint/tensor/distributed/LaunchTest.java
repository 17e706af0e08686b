package org.saddlepoint.tensor.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaunchTest {
    private static final Map<String, String> TORCHRUN = Map.of(
            "RANK", "3",
            "WORLD_SIZE", "4",
            "LOCAL_RANK", "1",
            "LOCAL_WORLD_SIZE", "2",
            "MASTER_ADDR", "node0",
            "MASTER_PORT", "29500",
            "TORCHELASTIC_USE_AGENT_STORE", "True",
            "TORCHELASTIC_RESTART_COUNT", "2");

    @Test
    void readsWhatTorchrunSets() {
        assertThat(Launch.of(TORCHRUN)).contains(new Launch(3, 4, 1, 2, "node0", 29500, true, 2, ""));
        assertThat(Launch.of(Map.of("HOME", "/"))).isEmpty();
    }

    /** As PyTorchJob does. */
    @Test
    void localRanksAreOptional() {
        Map<String, String> job =
                Map.of("RANK", "1", "WORLD_SIZE", "2", "MASTER_ADDR", "job-master-0", "MASTER_PORT", "23456");
        assertThat(Launch.of(job)).contains(new Launch(1, 2, 0, 1, "job-master-0", 23456, false, 0, ""));
    }

    @Test
    void theNetworkInterfaceIsReadAsGlooNamesIt() {
        Map<String, String> environment = new HashMap<>(TORCHRUN);
        environment.put("GLOO_SOCKET_IFNAME", "eth1");
        assertThat(Launch.of(environment)).map(Launch::network).contains("eth1");
    }

    @Test
    void whatItSaysToOthersIsUnderstood() {
        Launch launch = Launch.local(1, 3, 4711);
        assertThat(Launch.of(launch.environment())).contains(launch);
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThatThrownBy(() -> Launch.of(Map.of("RANK", "0", "MASTER_ADDR", "a")))
                .hasMessageContaining("lacks WORLD_SIZE, MASTER_PORT");
        assertRefused("RANK", "4", "RANK must be from 0 to 3");
        assertRefused("RANK", "one", "RANK must be a whole number but was \"one\"");
        assertRefused("WORLD_SIZE", "0", "WORLD_SIZE must be >= 1 but was 0");
        assertRefused("LOCAL_RANK", "2", "LOCAL_RANK must be from 0 to 1");
        assertRefused("MASTER_PORT", "70000", "MASTER_PORT must be from 0 to 65535 but was 70000");
    }

    private static void assertRefused(String name, String value, String message) {
        Map<String, String> environment = new HashMap<>(TORCHRUN);
        environment.put(name, value);
        assertThatThrownBy(() -> Launch.of(environment))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}

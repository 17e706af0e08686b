package org.saddlepoint.tensor.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class OwnInterfaceTest {
    private static final String HEAD =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    /** 10.77.0.0/24 by eth1, 10.77.0.0/16 by eth2, all else by eth0, or at a higher metric by wlan0. */
    private static final List<String> TABLE = List.of(
            HEAD,
            "wlan0\t00000000\t010200C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
            "eth0\t00000000\t010200C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
            "eth2\t00004D0A\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0",
            "eth1\t00004D0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0");

    private static Launch launch(String address, int localSize, String network) {
        return new Launch(0, 2, 0, localSize, address, 1, false, 0, network);
    }

    @Test
    void theMostSpecificRouteLeadsToRankZero() {
        assertThat(OwnInterface.way("10.77.0.9", TABLE)).isEqualTo("eth1");
        assertThat(OwnInterface.way("10.77.1.9", TABLE)).isEqualTo("eth2");
        assertThat(OwnInterface.way("192.0.2.1", TABLE)).isEqualTo("eth0");
        assertThat(OwnInterface.way("node0", TABLE)).isEqualTo("eth0");
        assertThat(OwnInterface.way("node0", List.of(HEAD, TABLE.get(4)))).isEqualTo("eth1");
        assertThat(OwnInterface.way("node0", List.of(HEAD))).isEmpty();
        assertThat(OwnInterface.way("node0", List.of())).isEmpty();
        assertThat(OwnInterface.way("node0", List.of(HEAD, "eth0 x"))).isEmpty();
    }

    @Test
    void processesOfOneMachineReachEachOtherByLoopback() {
        for (Launch local : List.of(Launch.local(1, 2, 1), launch("node0", 2, ""), launch("127.0.0.1", 1, ""))) {
            assertThat(local.host()).isEqualTo("127.0.0.1");
            assertThat(OwnInterface.of(local)).isEmpty();
        }
        assertThat(launch("node0", 1, "").host()).isEmpty();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads tables of Linux")
    void aNamedInterfaceIsTakenOrRefusedByName() {
        assertThat(OwnInterface.of(launch("node0", 1, "lo,other"))).isEqualTo("lo");
        assertThatThrownBy(() -> OwnInterface.of(launch("127.0.0.1", 2, "nosuch7")))
                .isInstanceOf(DistributedException.class)
                .hasMessageContaining("GLOO_SOCKET_IFNAME=nosuch7 is no network interface of this machine")
                .hasMessageContaining("lo");
    }
}

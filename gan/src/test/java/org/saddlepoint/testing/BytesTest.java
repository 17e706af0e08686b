package org.saddlepoint.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BytesTest {
    @Test
    void aMissingNameAndADifferentByteAreNamed() {
        Map<String, byte[]> one = Map.of("a", new byte[] {1, 2}, "b", new byte[1]);
        Bytes.requireSame(one, Map.of("a", new byte[] {1, 2}, "b", new byte[1]));
        assertThatThrownBy(() -> Bytes.requireSame(one, Map.of("a", new byte[] {1, 3}, "b", new byte[1])))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("[\"a\"]");
        assertThatThrownBy(() -> Bytes.requireSame(one, Map.of("a", new byte[] {1, 2})))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Bytes.requireSame(Map.of("a", new byte[] {1, 2}), one))
                .isInstanceOf(AssertionError.class);
    }
}

package org.saddlepoint.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Bytes by name. AssertJ's recursive comparison takes seconds for a megabyte, this takes none. */
public final class Bytes {
    private Bytes() {}

    /** Requires the same names and under each the same bytes. */
    public static void requireSame(Map<String, byte[]> actual, Map<String, byte[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        List<String> others = actual.keySet().stream()
                .filter(name -> !Arrays.equals(actual.get(name), expected.get(name)))
                .toList();
        assertThat(others).as("names whose bytes differ").isEmpty();
    }
}

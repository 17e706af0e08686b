package org.saddlepoint.data.codecs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.saddlepoint.input.Sha256;

/** The colour profiles that were used last: thousands of photographs share one, and reading it takes milliseconds. */
final class ProfileCache {
    static final ProfileCache SHARED = new ProfileCache();

    private static final int MOST = 64;

    private final Map<String, Optional<ColourProfile>> profiles = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ColourProfile>> eldest) {
            return size() > MOST;
        }
    };

    private ProfileCache() {}

    Optional<ColourProfile> get(byte[] profile, int components) {
        String key = components + " " + Sha256.of(profile);
        synchronized (profiles) {
            return profiles.computeIfAbsent(key, absent -> ColourProfile.read(profile, components));
        }
    }
}

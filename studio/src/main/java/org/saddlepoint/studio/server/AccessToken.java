package org.saddlepoint.studio.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a browser must know to be answered. It is in the printed address, and from then on in a cookie. */
public final class AccessToken {
    private static final int BYTES = 24;
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{32,64}");

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    /** A new token of 192 random bits. */
    public static AccessToken random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * A token that was made before.
     *
     * @throws IllegalArgumentException if it is no such text; does not show it
     */
    public static AccessToken of(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("token must be 32 to 64 letters, digits, - or _");
        }
        return new AccessToken(text);
    }

    /** The text, for the printed address. */
    public String text() {
        return text;
    }

    /** Whether this is what was given; takes equally long for any wrong text. */
    public boolean isKnownBy(@Nullable String given) {
        return given != null
                && MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Not the token, which must not get into logs. */
    @Override
    public String toString() {
        return "token";
    }
}

package org.saddlepoint.studio.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** In which form samples are answered. */
enum SampleFormat {
    PNG("image/png"),
    WEBP("image/webp"),
    NPY("application/x-npy"),
    JSON("application/json");

    private final String contentType;

    SampleFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The type of one file of this form. */
    String contentType() {
        return contentType;
    }

    /** Whether it is a form of pictures. */
    boolean isPicture() {
        return this == PNG || this == WEBP;
    }

    /** The word of requests, and the ending of files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All words. */
    static String words() {
        return Arrays.stream(values()).map(SampleFormat::word).collect(Collectors.joining(", "));
    }
}

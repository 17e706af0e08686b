package org.saddlepoint.data.codecs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the segments of a JPEG file say about its colours.
 *
 * @param components samples of a pixel
 * @param rotated whether Adobe's marker says that colours or inks are stored as Y, Cb and Cr
 * @param profile the conversion to sRGB that its ICC profile asks for
 */
record JpegColours(int components, boolean rotated, Optional<ColourProfile> profile) {
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final String PROFILE = "ICC_PROFILE\0";
    private static final int PROFILE_PART = PROFILE.length() + 2; // its number, and the number of all
    private static final int ADOBE_TRANSFORM = 11;

    static JpegColours of(List<JpegSegment> segments) {
        int components = 0;
        boolean rotated = false;
        List<JpegSegment> parts = new ArrayList<>();
        for (JpegSegment segment : segments) {
            if (JpegHeader.isFrame(segment.marker()) && segment.length() >= 6 && components == 0) {
                components = segment.file()[segment.at() + 5];
            } else if (segment.marker() == APP14 && segment.beginsWith("Adobe") && segment.length() > ADOBE_TRANSFORM) {
                rotated = segment.file()[segment.at() + ADOBE_TRANSFORM] == 2;
            } else if (segment.marker() == APP2 && segment.beginsWith(PROFILE) && segment.length() > PROFILE_PART) {
                parts.add(segment);
            }
        }
        Optional<ColourProfile> profile =
                parts.isEmpty() ? Optional.empty() : ColourProfile.of(joined(parts), components);
        return new JpegColours(components, rotated, profile);
    }

    /** ICC.1:2022, B.4: a profile longer than a segment is in several, which are numbered. */
    private static byte[] joined(List<JpegSegment> parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        parts.stream()
                .sorted(Comparator.comparing(part -> part.file()[part.at() + PROFILE.length()] & 0xff))
                .forEach(part -> whole.writeBytes(part.data(PROFILE_PART)));
        return whole.toByteArray();
    }

    /** The colours of inks as they are stored. */
    Colours inks() {
        return new InkColours(rotated, profile);
    }
}

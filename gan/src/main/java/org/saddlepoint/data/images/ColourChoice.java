package org.saddlepoint.data.images;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.saddlepoint.data.codecs.PictureHeader;

/**
 * Whether pictures are given colour: where nobody says so, they are if one of a sample shows any.
 *
 * @param channels 1 (grey) or 3 (colour)
 * @param coloured how many pictures of the sample show colour
 * @param seen how many pictures were looked at; 0 if somebody says what is wanted, no file can hold colour, or those that
 *     were looked at are damaged
 * @param candidates how many files can hold colour
 */
record ColourChoice(int channels, int coloured, int seen, int candidates) {
    /** So many pictures are looked at first; if all show colour, no more are. */
    private static final int GLANCE = 16;

    /** Of pictures one in twenty of which is coloured, so many show it in all but one of 700 cases. */
    private static final int SAMPLE = 128;

    /** A grey image that went through colour JPEG may be off grey by this much. */
    private static final int GREY_TOLERANCE = 4;

    /** Gives the samples of an image, in three channels, one channel behind the other. */
    @FunctionalInterface
    interface Decoding {
        byte[] decode(int index) throws IOException;
    }

    /** Looks at pictures that are spread evenly over those that can hold colour, unless {@code wanted} says what to do. */
    static ColourChoice of(OptionalInt wanted, List<PictureHeader> headers, Decoding decoding) {
        if (wanted.isPresent()) {
            return new ColourChoice(wanted.getAsInt(), 0, 0, 0);
        }
        int[] candidates = IntStream.range(0, headers.size())
                .filter(i -> !headers.get(i).grey())
                .toArray();
        ColourChoice first = look(candidates, GLANCE, decoding);
        return first.coloured == first.seen ? first : look(candidates, SAMPLE, decoding);
    }

    private static ColourChoice look(int[] candidates, int most, Decoding decoding) {
        List<Boolean> looks = IntStream.of(spread(candidates, most))
                .parallel()
                .mapToObj(index -> showsColour(index, decoding))
                .flatMap(Optional::stream)
                .toList();
        int coloured = (int) looks.stream().filter(colour -> colour).count();
        return new ColourChoice(coloured > 0 ? 3 : 1, coloured, looks.size(), candidates.length);
    }

    private static int[] spread(int[] candidates, int most) {
        int count = Math.min(most, candidates.length);
        return IntStream.range(0, count)
                .map(i -> candidates[(int) ((long) i * candidates.length / count)])
                .toArray();
    }

    /** Empty if the picture is damaged, which reading it later says. */
    private static Optional<Boolean> showsColour(int index, Decoding decoding) {
        try {
            return Optional.of(hasColour(decoding.decode(index)));
        } catch (IOException damaged) {
            return Optional.empty();
        }
    }

    /** Whether these planes of red, green and blue differ by more than what colour JPEG makes of grey. */
    static boolean hasColour(byte[] planes) {
        int pixels = planes.length / 3;
        for (int p = 0; p < pixels; p++) {
            int red = planes[p] & 0xff;
            int green = planes[pixels + p] & 0xff;
            int blue = planes[2 * pixels + p] & 0xff;
            if (Math.max(red, Math.max(green, blue)) - Math.min(red, Math.min(green, blue)) > GREY_TOLERANCE) {
                return true;
            }
        }
        return false;
    }

    /**
     * What was assumed, where a look at all pictures might say otherwise.
     *
     * @param option by which the other is asked for, such as {@code --set images.channels}
     */
    Optional<String> note(String option) {
        if (channels == 1 && seen < candidates) {
            return Optional.of("treated as grey, since none of the " + seen + " pictures that were looked at, of "
                    + candidates + ", shows colour; " + option + "=3 for colour");
        }
        if (channels == 3 && coloured < seen) {
            return Optional.of("treated as colour, since " + coloured + " of the " + seen
                    + " pictures that were looked at show it; grey ones are given three equal channels; " + option
                    + "=1 for grey");
        }
        return Optional.empty();
    }
}

package org.saddlepoint.data.images;

import java.util.List;
import org.saddlepoint.input.Require;

/**
 * Many small pictures in one: squares of equal side, row by row. So a data set is one file, which is smaller than its pictures
 * and is decoded at once. The last row may be filled up.
 *
 * @param title what messages call it, such as {@code emoji}
 * @param file the sheet, of any format that is read
 * @param side of each picture in pixels
 * @param names of the pictures, in their order; as many as there are
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once and never compared
public record PictureSheet(String title, byte[] file, int side, List<String> names) {
    /** @throws IllegalArgumentException when there are no pictures, or a side is none */
    public PictureSheet {
        names = List.copyOf(names);
        Require.atLeast(1, "side", side);
        Require.atLeast(1, "pictures", names.size());
    }
}

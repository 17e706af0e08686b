package org.saddlepoint.data;

import java.util.List;
import java.util.OptionalInt;

/** Examples to learn translation from: two images each. They have no labels. */
public sealed interface PairDataset extends AugmentedDataset permits PairedImages, UnpairedImages {

    @Override
    PairShape shape();

    /** What the files are, told before any is decoded: how many, and of which sizes. */
    List<String> notes();

    /** What about the files makes learning hard; empty if nothing does. */
    List<String> warnings();

    @Override
    default OptionalInt label(int index) {
        return OptionalInt.empty();
    }

    @Override
    default List<String> classNames() {
        return List.of();
    }
}

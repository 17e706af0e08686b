package org.saddlepoint.data.pairs;

import java.util.List;
import java.util.OptionalInt;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PairShape;

/** Examples to learn translation from: two images each. They have no labels. */
public sealed interface PairDataset extends Dataset permits PairedImages, UnpairedImages {

    @Override
    PairShape shape();

    @Override
    default OptionalInt label(int index) {
        return OptionalInt.empty();
    }

    @Override
    default List<String> classNames() {
        return List.of();
    }
}

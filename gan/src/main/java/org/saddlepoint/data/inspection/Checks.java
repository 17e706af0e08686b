package org.saddlepoint.data.inspection;

import java.util.List;

/** All checks, in the order in which findings are told. */
final class Checks {
    /** Checks of pictures. */
    static final List<Check> OF_PICTURES = List.of(
            new ExactCopies(),
            new NearCopies(),
            new SmallPictures(),
            new BlurredPictures(),
            new OneColour(),
            new ExtremeShapes(),
            new Cropping(),
            new Transparency(),
            new ColourInGrey(),
            new GreyInColour());

    /** Checks of the data set as a whole, even where it has two unrelated sets of pictures. */
    static final List<Check> OF_DATA = List.of(new LeftOut(), new FewExamples(), new UnequalClasses());

    private Checks() {}
}

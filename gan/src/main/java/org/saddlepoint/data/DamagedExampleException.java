package org.saddlepoint.data;

/** One example that does not decode. The others can still be used, so {@link BatchLoader} leaves it out and goes on. */
public final class DamagedExampleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Skipped skipped;

    /**
     * @param skipped the example and what is wrong with it
     */
    public DamagedExampleException(Skipped skipped) {
        super(skipped.toString());
        this.skipped = skipped;
    }

    /** The example and what is wrong with it. */
    public Skipped skipped() {
        return skipped;
    }
}

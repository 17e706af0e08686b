package org.saddlepoint;

/** Which release this is. */
final class Software {
    private Software() {}

    /** The release, or {@code development} where the classes do not come from a jar. */
    static String version() {
        String version = Software.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}

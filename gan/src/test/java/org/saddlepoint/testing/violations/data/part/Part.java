package org.saddlepoint.testing.violations.data.part;

/** Part of a package. */
public final class Part {}

package org.saddlepoint.testing.violations.stray;

/** In a package of no layer. */
public final class Stray {}

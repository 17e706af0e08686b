package org.saddlepoint.testing.violations.nn;

/** Neither abstract nor final. */
public class OpenToOverriding {}

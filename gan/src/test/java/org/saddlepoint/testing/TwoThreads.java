package org.saddlepoint.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.saddlepoint.tensor.Engine;

/**
 * Lets operations use two threads. On one, sums of thousands of numbers are rounded differently, by more than the
 * tolerance of some golden values (2e-5 for a bias of a ResNet), whose number of threads was not recorded.
 */
public final class TwoThreads implements BeforeAllCallback, AfterAllCallback {
    private int before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = Engine.threads();
        Engine.threads(2);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Engine.threads(before);
    }
}

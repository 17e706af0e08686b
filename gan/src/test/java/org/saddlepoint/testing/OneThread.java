package org.saddlepoint.testing;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.saddlepoint.tensor.Engine;

/** Holds operations to one thread: where tensors are tiny, threads wait for each other and, on busy cores, for long. */
public final class OneThread implements BeforeAllCallback, AfterAllCallback {
    private int before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = Engine.threads();
        Engine.threads(1);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Engine.threads(before);
    }
}

package org.saddlepoint.benchmarks;

import java.util.Locale;

/** How the peer's steps are written: the same work, less or more skilfully. {@code style.py} states what differs. */
public enum PeerStyle {
    /** As most programs in PyTorch are. */
    DEFAULTS,

    /** Channels innermost, fused optimizers, no wasted graphs, passes and gradients. */
    BEST;

    /** As the peer has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package org.saddlepoint.benchmarks.quality;

import java.util.Arrays;
import java.util.List;

/** Methods in PyTorch with the settings that people copy; {@code quality_peer.py} says which they are. */
public enum QualityPeer {
    /** The DCGAN of the PyTorch examples, pictures resized to 64. */
    DCGAN("pytorch-dcgan"),
    /** The same with one layer less in each network, pictures resized to 32. */
    DCGAN_32("pytorch-dcgan-32"),
    /** The WGAN-GP of PyTorch-GAN: fully connected networks, pictures as they are. */
    WGAN_GP("pytorch-wgan-gp");

    private final String word;

    QualityPeer(String word) {
        this.word = word;
    }

    /** All words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(QualityPeer::toString).toList();
    }

    /** Its word on the command line and in tables. */
    @Override
    public String toString() {
        return word;
    }
}

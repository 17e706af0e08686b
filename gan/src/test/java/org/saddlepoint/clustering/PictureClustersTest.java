package org.saddlepoint.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.clustering.PictureClusters.Progress;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.PointDataset;
import org.saddlepoint.data.PointShape;
import org.saddlepoint.data.Subset;
import org.saddlepoint.data.formats.EmbeddedDatasets;
import org.saddlepoint.data.images.ImageFormat;

/** Clusters of pictures whose kinds are known. */
class PictureClustersTest {
    private static final ClusterConfig STANDARD = ClusterConfig.STANDARD;

    private static Clusters find(Dataset data, ClusterConfig config, long seed) {
        return PictureClusters.of(data, config, seed, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({"16, false", "28, false", "64, false", "28, true", "64, true"})
    void plantedKindsAreFoundWhateverTheLabels(int side, boolean colours) {
        Planted data = new Planted(400, side, colours, 0);
        Clusters clusters = find(data, STANDARD, 1);
        assertThat(data.purity(clusters)).isEqualTo(1);
        assertThat(clusters.sizes()).hasSizeBetween(Planted.KINDS, 20);
        assertThat(Collections.min(clusters.sizes())).isGreaterThanOrEqualTo(ClusterConfig.SMALLEST);
        assertThat(clusters.sizes()).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(clusters.names()).startsWith("cluster 1", "cluster 2");
    }

    @Test
    void digitsThatLookAlikeAreMostlyTheSame() {
        try (Dataset digits = EmbeddedDatasets.digits(ImageFormat.AS_STORED)) {
            Subset some = new Subset(digits, "2,000 digits", IntStream.range(0, 2_000));
            int[] kinds =
                    IntStream.range(0, 2_000).map(i -> some.label(i).getAsInt()).toArray();
            Clusters clusters = find(some, STANDARD, 0);
            assertThat(Planted.purity(clusters, kinds))
                    .isGreaterThan(0.88); // 0.904 to 0.911 for seeds 0 to 3; more pictures make purer clusters
            assertThat(clusters.sizes()).hasSizeBetween(10, 30);
        }
    }

    @Test
    void theSameSeedGivesTheSameOnAnyNumberOfThreads() throws Exception {
        Planted data = Planted.of(700);
        ClusterConfig config = new ClusterConfig(10, 500, 24, 1, 0.003, 64);
        byte[] here = find(data, config, 5).labels();
        for (int threads : new int[] {1, 2, 7}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                assertThat(pool.submit(() -> find(data, config, 5)).get().labels())
                        .as(threads + " threads")
                        .containsExactly(here);
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void picturesOutsideOfTheGraphFollowTheirNeighbours() {
        Planted data = Planted.of(900);
        Map<String, Long> told = new ConcurrentHashMap<>();
        Clusters clusters = PictureClusters.of(
                data,
                new ClusterConfig(10, 300, 64, 1, 0.003, 64),
                2,
                (task, done, all) -> told.merge(task + " of " + all, done, Math::max));
        assertThat(data.purity(clusters)).isEqualTo(1);
        assertThat(told)
                .containsEntry("describing pictures of 900", 900L)
                .containsEntry("comparing pictures of 300", 300L)
                .containsEntry("assigning the other pictures of 600", 600L);
        assertThat(PictureClusters.majority(new int[] {0, 1, 2, 3}, new int[] {4, 9, 9, 4}))
                .as("of equally many, the nearest")
                .isEqualTo(4);
        assertThat(PictureClusters.majority(new int[] {0, 1, 2}, new int[] {4, 9, 9}))
                .isEqualTo(9);
    }

    @Test
    void damagedPicturesCountToTheLargestCluster() {
        Planted data = new Planted(400, 16, false, 7);
        Clusters clusters = find(data, STANDARD, 3);
        assertThat(data.purity(clusters)).isEqualTo(1);
        assertThat(clusters.pictures()).isEqualTo(400);
        assertThat(clusters.label(6)).isZero();
        assertThat(clusters.label(13)).isZero();
        assertThatThrownBy(() -> find(new Planted(400, 16, false, 1), STANDARD, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none of the pictures of planted");
        Dataset few = new Subset(new Planted(50, 16, false, 2), "few", IntStream.range(0, 20));
        assertThatThrownBy(() -> find(few, STANDARD, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("more than 10 pictures that can be read, but few has 10");
    }

    @Test
    void thereAreNoMoreClustersThanAskedFor() {
        Planted data = Planted.of(400);
        Clusters two = find(data, new ClusterConfig(10, 400, 64, 1, 0.003, 2), 1);
        assertThat(two.sizes()).hasSize(2);
        assertThat(find(data, new ClusterConfig(10, 400, 64, 1, 1, 64), 1).sizes())
                .containsExactly(400);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 300})
    void equalPicturesAreOneCluster(int count) {
        Dataset same =
                new Subset(Planted.of(1), "same", IntStream.generate(() -> 0).limit(count));
        assertThat(find(same, STANDARD, 0).sizes()).containsExactly(count);
    }

    @Test
    void pointsHaveNoEdges() {
        try (Dataset points = PointDataset.of("points", new PointShape(2), new float[] {0, 1, 2, 3})) {
            assertThatThrownBy(() -> find(points, STANDARD, 0))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("clusters are made of pictures, but points");
        }
    }

    @Test
    void clustersAreNumberedBySizeThenByTheirFirstPicture() {
        Clusters clusters = Clusters.numbered(new int[] {7, 3, 3, 9, 7, 3, 9});
        assertThat(clusters.labels()).containsExactly(1, 0, 0, 2, 1, 0, 2);
        assertThat(clusters.sizes()).containsExactly(3, 2, 2);
        assertThatThrownBy(() -> new Clusters(new byte[] {0, 64})).hasMessageContaining("label 1 must be in [0, 63]");
        assertThatThrownBy(() -> new Clusters(new byte[] {0, -1})).hasMessageContaining("but was -1");
        assertThatThrownBy(() -> new Clusters(new byte[] {0, 2})).hasMessageContaining("cluster 1 has no picture");
        assertThatThrownBy(() -> new Clusters(new byte[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void settingsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new ClusterConfig(0, 9, 9, 1, 0, 9)).hasMessageContaining("neighbours must be >= 1");
        assertThatThrownBy(() -> new ClusterConfig(9, 9, 9, 1, 0, 9)).hasMessageContaining("graphSize must be >= 10");
        assertThatThrownBy(() -> new ClusterConfig(9, 99, 9, 1, 2, 9)).hasMessageContaining("smallestShare");
        assertThatThrownBy(() -> new ClusterConfig(9, 99, 9, 1, 0, 65)).hasMessageContaining("most must be");
        assertThat(STANDARD.smallest(200)).isEqualTo(20);
        assertThat(STANDARD.smallest(10_000)).isEqualTo(30);
        assertThat(List.of(STANDARD.smallest(70_000))).containsExactly(210);
        assertThat(Arrays.asList(Clusters.names(2).toArray())).containsExactly("cluster 1", "cluster 2");
    }

    @Test
    void clusteredDataIsThePicturesWithOtherLabels() {
        Planted data = Planted.of(5);
        ClusteredDataset clustered = new ClusteredDataset(data, new Clusters(new byte[] {0, 1, 0, 1, 0}));
        assertThat(clustered.classNames()).containsExactly("cluster 1", "cluster 2");
        assertThat(clustered.label(3)).hasValue(1);
        assertThat(clustered.fingerprint()).isEqualTo(data.fingerprint());
        assertThatThrownBy(() -> new ClusteredDataset(data, new Clusters(new byte[] {0})))
                .hasMessageContaining("expected the clusters of 5 pictures")
                .hasMessageContaining("of 1");
    }
}

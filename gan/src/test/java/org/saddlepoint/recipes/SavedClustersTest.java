package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.clustering.Clusters;
import org.saddlepoint.clustering.Planted;
import org.saddlepoint.run.RunException;
import org.saddlepoint.run.RunFolder;

/** The file of clusters in the folder of a run. */
class SavedClustersTest {
    private static final Planted DATA = Planted.of(6);
    private static final Clusters CLUSTERS = new Clusters(new byte[] {0, 1, 0, 0, 2, 1});

    @TempDir
    private Path temp;

    private RunFolder run;

    @BeforeEach
    void write() {
        run = RunFolder.create(temp.resolve("run"));
        SavedClusters.write(run, DATA.fingerprint(), CLUSTERS);
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        assertThat(SavedClusters.read(run, DATA).labels()).containsExactly(CLUSTERS.labels());
        assertThat(Files.readString(run.clustersFile())).contains("\"sizes\" : [ 3, 2, 1 ]", "planted 6 16");
    }

    private void refused(Planted data, String... words) {
        assertThatThrownBy(() -> SavedClusters.read(run, data))
                .isInstanceOf(RunException.class)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }

    private void change(String from, String to) throws IOException {
        String text = Files.readString(run.clustersFile());
        assertThat(text).contains(from);
        Files.writeString(run.clustersFile(), text.replace(from, to));
    }

    @Test
    void oneChangedLabelIsDamage() throws IOException {
        change("\"AAEAAAIB\"", "\"AAEAAQIB\"");
        refused(DATA, "clusters.json is damaged: it is not what was written; restore it, or begin a new run");
    }

    @Test
    void otherDamageIsNamed() throws IOException {
        change("\"AAEAAAIB\"", "\"AAEAAA!B\"");
        refused(DATA, "clusters.json is damaged: ");
        Files.writeString(run.clustersFile(), "{\"format\": 1}");
        refused(DATA, "clusters.json is damaged: it is no JSON, or lacks a part of what was written");
        Files.writeString(run.clustersFile(), "null");
        refused(DATA, "clusters.json is damaged: expected a JSON object but it is null");
        Files.writeString(run.clustersFile(), "");
        refused(DATA, "clusters.json is damaged: ");
        Files.delete(run.clustersFile());
        refused(DATA, "clusters.json is missing", "restore it, or begin a new run");
        Files.createDirectory(run.clustersFile());
        refused(DATA, "cannot read", "a folder");
    }

    @Test
    void clustersOfOtherDataAndNewerFormatsAreRefused() throws IOException {
        refused(Planted.of(7), "has the clusters of other data than planted");
        change("\"format\" : 1", "\"format\" : 2");
        refused(DATA, "has format 2", "use the newer version");
    }
}

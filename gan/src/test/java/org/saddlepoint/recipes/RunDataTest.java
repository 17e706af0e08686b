package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.saddlepoint.data.DataException;
import org.saddlepoint.data.Dataset;
import org.saddlepoint.data.Images;
import org.saddlepoint.data.NoSuchDataException;
import org.saddlepoint.data.images.Links;
import org.saddlepoint.data.pairs.PairFormat;
import org.saddlepoint.run.RunFolder;
import org.saddlepoint.run.RunManifest;

/** The data of runs that were moved, alone or with it. */
class RunDataTest {
    private Path temp;
    private Path home;
    private RunFolder folder;

    /** Far below the folder of all temporary files: relative paths must not lead to what others left there. */
    @BeforeEach
    void descend(@TempDir Path top) throws IOException {
        temp = Files.createDirectories(top.resolve("one/two/three"));
        make();
    }

    private void make() throws IOException {
        home = Files.createDirectory(temp.resolve("home"));
        Images.greys(home.resolve("a"), 12);
        Images.greys(home.resolve("b"), 12);
        Images.write(home.resolve("i"), Images.idx(new int[] {3, 2, 2}, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        Images.write(home.resolve("l"), Images.idx(new int[] {3}, 0, 1, 1));
        Files.writeString(home.resolve("t.csv"), "file,label,v\na/001.png,x,1\na/002.png,y,2\n");
        Files.writeString(home.resolve("p.csv"), "1,2\n3,4\n");
        zip(home.resolve("z.zip"), "");
        folder = RunFolder.create(home.resolve("runs/one"));
    }

    private void zip(Path file, String around) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 12; i++) {
                String name = "%03d.png".formatted(i);
                out.putNextEntry(new ZipEntry(around + name));
                out.write(Files.readAllBytes(home.resolve("a").resolve(name)));
            }
        }
    }

    private static DataOptions options(String spec) {
        return DataSources.givesPairs(spec)
                ? DataOptions.DEFAULT.withPairFormat(PairFormat.PAPER)
                : DataOptions.DEFAULT;
    }

    /** The word with paths as they are written in the folder above all. */
    private String relative(String spec) {
        return spec.replace("@", Path.of("").toAbsolutePath().relativize(home) + "/");
    }

    private RunData describe(String spec) {
        return describe(DataRequest.of(relative(spec)));
    }

    private RunData describe(DataRequest request) {
        try (Dataset data = request.open(options(request.spec()))) {
            RunData described = new RunData(folder, RunData.describe(folder, data, Optional.of(request)));
            described.writeFiles(data);
            return described;
        }
    }

    private static RunData.Found open(RunData data) {
        RunData.Found found = data.open(Links.INSIDE, options(data.learnt().spec()), "--data NEW");
        found.data().close();
        return found;
    }

    private RunData movedWithIt(RunData data) throws IOException {
        Path other = Files.move(home, temp.resolve("other"));
        Files.writeString(other.resolve("runs/one/run.json"), "{}");
        return new RunData(RunFolder.open(other.resolve("runs/one")), data.learnt());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@a",
                "@z.zip",
                "idx:@i",
                "idx:@i,@l",
                "csv:@t.csv",
                "csv:@p.csv",
                "paired:@a,@b",
                "paired:@a,@z.zip,train",
                "paired-ab:@a",
                "unpaired:@a,@b,test",
                "colorize:@a,train"
            })
    void eachKindIsFoundFromAnywhereAndMovedWithItsRun(String spec) throws IOException {
        RunData data = describe(spec);
        String absolute = spec.replace("@", home.toRealPath() + "/");
        assertThat(data.learnt().spec()).isEqualTo(absolute);
        assertThat(data.learnt().place().fromRun())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(path).startsWith("../../").doesNotContain(","));
        assertThat(open(data).request().spec()).isEqualTo(absolute);

        RunData moved = movedWithIt(data);
        RunData.Found found = open(moved);
        assertThat(found.difference()).isEmpty();
        assertThat(found.request().spec())
                .isEqualTo(spec.replace("@", temp.resolve("other").toRealPath() + "/"));

        Files.move(temp.resolve("other"), temp.resolve("third"));
        Path run = Files.createDirectory(temp.resolve("run"));
        Files.writeString(run.resolve("run.json"), "{}");
        RunData alone = new RunData(RunFolder.open(run), data.learnt());
        assertThatThrownBy(() -> open(alone))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("the data of the run " + run + " is not there: looked for " + absolute + " and ")
                .hasMessageEndingWith("; tell where it is now with --data NEW");
        DataRequest given = DataRequest.of(spec.replace("@", temp.resolve("third") + "/"));
        RunData.Found elsewhere = alone.open(given, options(spec));
        elsewhere.data().close();
        assertThat(elsewhere.difference()).isEmpty();
        RunManifest.Data now = alone.moved(elsewhere.data(), elsewhere.request(), false);
        assertThat(now.spec()).isEqualTo(given.spec());
        assertThat(now.name())
                .as("as titles have called it")
                .isEqualTo(data.learnt().name());
        assertThat(open(new RunData(alone.folder(), now)).difference()).isEmpty();
    }

    @Test
    void dataThatLiesInNoFileIsAsItWas() {
        RunData data = describe("ring8");
        assertThat(data.learnt().spec()).isEqualTo("ring8");
        assertThat(data.learnt().place().fromRun()).isEmpty();
        assertThat(open(data).difference()).isEmpty();
        assertThat(folder.dataFilesFile()).doesNotExist();
    }

    /** Relative paths of earlier releases: as seen from the working directory, or from a folder around the run. */
    @Test
    void relativePathsOfEarlierReleasesAreLookedForAroundTheRun() throws IOException {
        // it is looked for in every folder above the run, where others may have an "a"
        String name = "pictures-of-" + RunDataTest.class.getName();
        Files.move(home.resolve("a"), home.resolve(name));
        RunManifest.Data learnt = describe("@" + name).learnt();
        RunManifest.Data old =
                new RunManifest.Data(name, "folder " + name, learnt.fingerprint(), learnt.exampleShape());
        RunData.Found found = open(new RunData(folder, old));
        assertThat(found.difference()).isEmpty();
        assertThat(found.request().spec()).isEqualTo(home.resolve(name).toString());
        Files.move(home.resolve(name), folder.path().resolve(name));
        assertThat(open(new RunData(folder, old)).request().spec())
                .isEqualTo(folder.path().resolve(name).toString());
        Files.move(folder.path().resolve(name), temp.resolve("lost"));
        assertThatThrownBy(() -> open(new RunData(folder, old)))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining("looked for " + Path.of(name).toAbsolutePath());
    }

    @Test
    void whatLiesInAGuessedPlaceDoesNotHideThatTheDataAreNotThere() throws IOException {
        RunData data = describe("@a");
        Files.move(home.resolve("a"), temp.resolve("lost"));
        assertThatThrownBy(() -> open(data))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining(
                        "is not there: looked for " + home.toRealPath().resolve("a"));
        Path other = temp.resolve("other/runs/one");
        Files.createDirectories(other);
        Files.writeString(other.resolve("run.json"), "{}");
        Files.writeString(temp.resolve("other/a"), "a note");
        assertThatThrownBy(() -> open(new RunData(RunFolder.open(other), data.learnt())))
                .isInstanceOf(NoSuchDataException.class)
                .hasMessageContaining(
                        "is not there: looked for " + home.toRealPath().resolve("a"))
                .hasMessageContaining(", but ")
                .hasMessageContaining("a is a file; expected a folder or a .zip of images")
                .hasMessageEndingWith("; tell where it is now with --data NEW");
    }

    @Test
    void whatCannotBeUsedInTheRecordedPlaceIsNamed() throws IOException {
        RunData data = describe("@a");
        Files.move(home.resolve("a"), temp.resolve("lost"));
        Files.writeString(home.resolve("a"), "a note");
        assertThatThrownBy(() -> open(data))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(home.toRealPath().resolve("a") + " is a file");
    }

    @Test
    void theSameDataIsPreferredToOtherDataInTheFirstPlace() throws IOException {
        RunData data = describe("@a");
        RunData moved = movedWithIt(data);
        Images.greys(home.resolve("a"), 3);
        RunData.Found found = open(moved);
        assertThat(found.difference()).isEmpty();
        assertThat(found.request().spec()).contains("/other/");

        Images.png(temp.resolve("other/a/new.png"), 8, 8, Color.GRAY);
        RunData.Found changed = open(moved);
        assertThat(changed.request().spec()).as("the first place").contains("/home/");
        assertThat(changed.difference().orElseThrow()).startsWith("it has 3 examples instead of 12");
    }

    @Test
    void aRunRemembersThatLinksAreFollowed() throws IOException {
        Path linked = Files.createDirectory(home.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("x"), home.resolve("a"));
        RunData data = describe(new DataRequest(linked.toString(), Links.ALL));
        assertThat(data.learnt().place().followLinks()).isTrue();
        RunData.Found found = open(data);
        assertThat(found.difference()).isEmpty();
        assertThat(found.request().links()).isEqualTo(Links.ALL);
        Path copy = Files.createDirectory(home.resolve("copy"));
        Files.createSymbolicLink(copy.resolve("x"), home.resolve("a"));
        try (Dataset same =
                data.open(DataRequest.of(copy.toString()), DataOptions.DEFAULT).data()) {
            assertThat(data.moved(same, DataRequest.of(copy.toString()), true)
                            .place()
                            .followLinks())
                    .as("of the place that was given, as it was opened")
                    .isFalse();
        }
    }

    @Test
    void whatDiffersIsSaid() throws IOException {
        RunData data = describe("@a");
        Files.delete(home.resolve("a/003.png"));
        assertDifference(data, "@a", "it has 11 examples instead of 12; 003.png is missing");
        Images.png(home.resolve("a/new.png"), 8, 8, Color.BLACK);
        assertDifference(data, "@a", "003.png is missing; new.png is new");
        for (int i = 4; i < 9; i++) {
            Files.delete(home.resolve("a/%03d.png".formatted(i)));
        }
        assertDifference(
                data,
                "@a",
                "it has 7 examples instead of 12; 6 files are missing: 003.png, 004.png, 005.png and 3 more; new.png is"
                        + " new");
        Images.greys(home.resolve("a"), 12);
        Files.delete(home.resolve("a/new.png"));
        assertThat(open(data).difference()).isEmpty();

        long before = Files.size(home.resolve("a/001.png"));
        byte[] longer = Images.encode(Images.filled(8, 8, Color.RED), "png");
        Files.write(home.resolve("a/001.png"), longer);
        Files.write(home.resolve("a/005.png"), longer);
        assertThat(open(data).difference().orElseThrow())
                .endsWith("001.png has " + longer.length + " bytes instead of " + before + ", and 1 more files differ");
    }

    @Test
    void foldersAroundAllAndZipsAreToldApart() throws IOException {
        RunData data = describe("@a");
        assertDifference(data, "@z.zip", "its files are the same but in a zip, whose checksums count: unpack it");
        zip(home.resolve("deep.zip"), "a/");
        Files.move(home.resolve("a"), Files.createDirectory(home.resolve("up")).resolve("a"));
        assertDifference(data, "@up", "its files lie in a/, so that this folder may be meant");
        RunData zipped = describe("@z.zip");
        assertThat(zipped.folder().dataFilesFile()).exists();
        Files.delete(zipped.folder().dataFilesFile());
        zipped = describe("@z.zip");
        assertDifference(
                zipped,
                "@up/a",
                "its files are the same but in a folder, and the run learned from a zip,"
                        + " whose checksums count: give the zip");
        assertDifference(zipped, "@deep.zip", "its files lie in a/, so that this folder may be meant");
    }

    @Test
    void labelsAndNumbersAreCompared() throws IOException {
        RunData table = describe("csv:@t.csv");
        Files.writeString(home.resolve("u.csv"), "file,label,v\na/001.png,x,1\na/002.png,x,2\n");
        assertDifference(
                table,
                "csv:@u.csv",
                "a/002.png is in the class x instead of in the class y; it has the classes x instead of the classes x,"
                        + " y");
        Files.writeString(home.resolve("u.csv"), "file,label,v\na/001.png,x,1\na/002.png,y,3\n");
        assertDifference(table, "csv:@u.csv", "the numbers that describe its examples differ");
        Files.writeString(home.resolve("u.csv"), "file,label,w\na/001.png,x,1\na/002.png,y,2\n");
        assertDifference(table, "csv:@u.csv", "it has the numbers w instead of the numbers v");
        Files.writeString(home.resolve("u.csv"), "file,label,v\na/002.png,y,2\na/001.png,x,1\n");
        assertDifference(
                table,
                "csv:@u.csv",
                "its files come in another order, a/002.png where a/001.png was; the numbers that describe its examples"
                        + " differ");
        Files.delete(folder.dataFilesFile());
        RunData idx = describe("idx:@i,@l");
        Images.write(home.resolve("l"), Images.idx(new int[] {3}, 1, 0, 1));
        assertDifference(idx, "idx:@i,@l", "its labels differ");
        Images.write(home.resolve("l"), Images.idx(new int[] {3}, 0, 0, 1));
        assertDifference(
                idx, "idx:@i,@l", "the class 0 has 2 examples instead of 1, the class 1 has 1 examples instead of 2");
        Images.write(home.resolve("l"), Images.idx(new int[] {3}, 0, 1, 1));
        Images.write(home.resolve("i"), Images.idx(new int[] {3, 2, 2}, 9, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12));
        assertDifference(idx, "idx:@i,@l", "the content of its examples differs");
        assertDifference(idx, "idx:@i", "it has no classes instead of the classes 0, 1");
        assertDifference(
                idx,
                "@a",
                "it has 12 examples instead of 3; its examples have the shape [1, 8, 8] instead of [1, 2, 2]; it has no"
                        + " classes instead of the classes 0, 1");
    }

    @Test
    void pairsNameTheirSide() throws IOException {
        RunData data = describe("paired:@a,@b");
        Files.delete(home.resolve("a/007.png"));
        Files.delete(home.resolve("b/007.png"));
        assertDifference(
                data, "paired:@a,@b", "it has 11 examples instead of 12; 2 files are missing: A/007.png, B/007.png");
        assertDifference(data, "unpaired:@a,@b", "2 files are missing: A/007.png, B/007.png");
    }

    @Test
    void ofARunWithoutAListNoMoreIsSaidThanIsKnown() throws IOException {
        RunManifest.Data learnt = describe("@a").learnt();
        Files.writeString(folder.dataFilesFile(), "no gzip");
        RunData data = new RunData(folder, learnt);
        Files.delete(home.resolve("a/003.png"));
        assertDifference(data, "@a", "it has 11 examples instead of 12");
        RunManifest.Data old =
                new RunManifest.Data(learnt.spec(), "folder a", learnt.fingerprint(), learnt.exampleShape());
        assertThat(open(new RunData(folder, old)).difference())
                .hasValue(
                        "names, lengths or sizes of its files differ; which is not known, since the run has no list of"
                                + " its files");
        RunManifest.Data oldPoints =
                new RunManifest.Data("csv:" + home.resolve("p.csv"), "p", "0", List.of(2), List.of("x"), List.of());
        assertThat(open(new RunData(folder, oldPoints)).difference())
                .hasValue("it has no classes instead of the classes x");
    }

    private void assertDifference(RunData data, String spec, String difference) {
        RunData.Found found = data.open(DataRequest.of(relative(spec)), options(spec));
        found.data().close();
        assertThat(found.difference())
                .hasValueSatisfying(text -> assertThat(text).contains(difference));
    }
}

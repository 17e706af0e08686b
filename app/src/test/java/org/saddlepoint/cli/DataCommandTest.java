package org.saddlepoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.saddlepoint.tensor.LeakCheck;

/** {@code data inspect} and {@code data prepare}. */
@ExtendWith(LeakCheck.class)
class DataCommandTest {
    @TempDir
    private Path temp;

    private static JsonNode inspected(String source, String... more) {
        return Cli.run(arguments("inspect", source, more)).json().get(0);
    }

    private static String[] arguments(String command, String source, String... more) {
        List<String> all = new ArrayList<>(List.of("data", command, source));
        all.addAll(List.of(more));
        all.add("--json");
        return all.toArray(String[]::new);
    }

    private static JsonNode finding(JsonNode facts, String kind) {
        return StreamSupport.stream(facts.get("findings").spliterator(), false)
                .filter(each -> each.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    /** Three cats and four dogs of 32×32, two of which are no pictures, and a copy of a cat. */
    private Path photos() throws IOException {
        Path photos = temp.resolve("my photos");
        Pictures.folder(photos.resolve("cats"), 3, 32);
        Pictures.folder(photos.resolve("dogs"), 4, 32);
        for (int i = 0; i < 4; i++) { // other pictures than the cats
            BufferedImage image =
                    ImageIO.read(Pictures.picture(photos.resolve("dogs"), i).toFile());
            for (int p = 0; p < 32 * 32; p++) {
                image.setRGB(p % 32, p / 32, p * (i + 3) * 60_013 & 0xffffff);
            }
            ImageIO.write(
                    image, "png", Pictures.picture(photos.resolve("dogs"), i).toFile());
        }
        Pictures.cutOff(Pictures.picture(photos.resolve("dogs"), 1));
        Files.writeString(Pictures.picture(photos.resolve("dogs"), 2), "no picture");
        Files.copy(Pictures.picture(photos.resolve("cats"), 0), photos.resolve("cats/copy.png"));
        return photos;
    }

    @Test
    void inspectCountsClassesDamagedFilesAndCopiesAndSaysWhatToDo() throws IOException {
        String photos = photos().toString();
        JsonNode facts = inspected(photos);
        assertThat(facts.get("examples").asInt()).isEqualTo(6);
        assertThat(facts.get("classes").toString()).isEqualTo("{\"cats\":4,\"dogs\":2}");
        assertThat(facts.get("skipped")).hasSize(2);
        assertThat(facts.get("shape").toString()).isEqualTo("[3,32,32]");
        assertThat(finding(facts, "exact-copies").get("names").toString()).isEqualTo("[\"cats/copy.png\"]");
        assertThat(finding(facts, "left-out").get("count").asInt()).isEqualTo(2);
        assertThat(finding(facts, "small").get("count").asInt()).isZero();
        assertThat(facts.at("/advice/0/command").asText())
                .isEqualTo("saddlepoint data prepare '" + photos + "' OUT.zip --size 32");
        assertThat(Cli.run("data", "inspect", photos).out())
                .contains(
                        "6 examples, 32x32 colour",
                        "class cats       4 ########################################",
                        "class dogs       2 ####################",
                        "dogs/01.png (the PNG image is cut off",
                        "exact copies of another: 1 of 6 (16.7 %): cats/copy.png (of cats/00.png)",
                        "what to do, what helps most first:",
                        "to see them: saddlepoint data inspect '" + photos + "' --sheet OUT.png");
        assertThat(Cli.run("data", "inspect", "nosuch").code()).isEqualTo(Failures.USAGE);
    }

    @Test
    void inspectWarnsOfRareClassesAndShowsVectors() throws IOException {
        Path photos = temp.resolve("photos");
        Pictures.folder(photos, 24, 8);
        StringBuilder table = new StringBuilder("file,label,height\n");
        for (int i = 0; i < 24; i++) {
            String label = i < 21 ? "many" : i < 23 ? "two" : "one";
            table.append("%02d.png,%s,%d\n".formatted(i, label, i - 3));
        }
        Path csv = Files.writeString(photos.resolve("table.csv"), table);
        JsonNode facts = inspected("csv:" + csv);
        assertThat(facts.get("classes").toString()).isEqualTo("{\"many\":21,\"one\":1,\"two\":2}");
        assertThat(facts.get("vectors").toString()).isEqualTo("{\"height\":[-3.0,20.0]}");
        assertThat(finding(facts, "few-examples").get("names").toString()).isEqualTo("[\"one\"]");
        assertThat(finding(facts, "unequal-classes").get("names").toString()).isEqualTo("[\"one\",\"two\"]");
        assertThat(Cli.run("data", "inspect", "csv:" + csv).out())
                .contains(
                        "classes with fewer than 2 examples: 1 of 3 (33.3 %): one (1)",
                        "number height: from -3.0 to 20.0");
    }

    @Test
    void inspectTellsWhatDoesNotFitInPairs() throws IOException {
        Path a = temp.resolve("a");
        Path b = temp.resolve("b");
        Pictures.folder(a, 3, 32);
        Pictures.folder(b, 3, 32);
        ImageIO.write(
                new BufferedImage(16, 20, BufferedImage.TYPE_BYTE_GRAY),
                "png",
                Pictures.picture(b, 2).toFile());
        String spec = "paired:" + a + "," + b;
        JsonNode facts = inspected(spec);
        assertThat(facts.get("examples").asInt()).isEqualTo(3);
        assertThat(facts.get("shape").toString()).isEqualTo("[3,256,256,3,256,256]");
        assertThat(finding(facts, "grey-in-colour").get("names").toString()).isEqualTo("[\"02.png B\"]");
        assertThat(Cli.run("data", "inspect", spec).out())
                .contains(
                        "3 pictures of 32x32 in folder " + a,
                        "3 pictures of 16 to 32 columns and 20 to 32 rows in folder " + b,
                        "1 of 3 pairs have halves of different sizes",
                        "1 of 3 pairs have halves of different aspects",
                        "grey among coloured ones, given three equal channels: 1 of 6 (16.7 %): 02.png B");
        Files.delete(Pictures.picture(a, 1));
        assertThat(Cli.run("data", "inspect", spec).err())
                .contains("1 of 3 pictures in folder " + b + " has no partner in folder " + a + ": 01");
    }

    @Test
    void aSheetIsDrawnOnlyIfAskedFor() throws IOException {
        String photos = photos().toString();
        List<String> before = Cli.tree(temp);
        inspected(photos);
        assertThat(Cli.tree(temp)).isEqualTo(before);
        Path sheet = temp.resolve("sheet.png");
        inspected(photos, "--sheet", sheet.toString());
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isBetween(1000, 1400);
        assertThat(Cli.run("data", "inspect", photos, "--sheet", "sheet.jpg").err())
                .contains("--sheet must be a .png but was sheet.jpg")
                .hasLineCount(1);
    }

    @Test
    void prepareWritesWhatIsWorthKeepingWithLabels() throws IOException {
        Path photos = photos();
        Files.writeString(photos.resolve("notes.txt"), "no picture, and not called like one");
        Path zip = temp.resolve("out.zip");
        Cli.Result result = Cli.run("data", "prepare", photos.toString(), zip.toString(), "--size", "16");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains(
                        "kept 5 of 8 pictures of folder " + photos + ", as 16x16 colour",
                        "dropped 2 damaged or not read, 1 exact copy",
                        "  2 damaged: dogs/02.png (no PNG, ",
                        "dogs/01.png (the PNG image is cut off",
                        "train with: saddlepoint train --data " + zip);
        try (ZipFile file = new ZipFile(zip.toFile());
                InputStream in = file.getInputStream(file.getEntry("dataset.json"))) {
            JsonNode json = Cli.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            assertThat(json.get("class_names").toString()).isEqualTo("[\"cats\",\"dogs\"]");
            assertThat(json.get("labels")).hasSize(5);
            assertThat(json.at("/labels/4").toString()).isEqualTo("[\"00000/img00000004.png\",1]");
        }

        assertThat(inspected(zip.toString()).get("classes").toString()).isEqualTo("{\"cats\":3,\"dogs\":2}");

        byte[] first = Files.readAllBytes(zip);
        Cli.Result refused = Cli.run("data", "prepare", photos.toString(), zip.toString(), "--size", "16");
        assertThat(refused.code()).isEqualTo(Failures.USAGE);
        assertThat(refused.err()).contains(zip + " is there already", "--force").hasLineCount(1);
        JsonNode event = Cli.run(arguments("prepare", photos.toString(), zip.toString(), "--size", "16", "--force"))
                .json()
                .get(0);
        assertThat(event.get("kept").asInt()).isEqualTo(5);
        assertThat(event.get("dropped").toString())
                .isEqualTo("{\"damaged\":2,\"small\":0,\"exact-copy\":1,\"near-copy\":0}");
        assertThat(zip).hasBinaryContent(first);
    }

    /** What {@code inspect} says to do can be done. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
    void linksAreFollowedByInspectAndByWhatItSaysToDo() throws IOException {
        Path links = Files.createDirectory(temp.resolve("links"));
        Path photos = photos();
        Files.createSymbolicLink(links.resolve("cats"), photos.resolve("cats"));
        Files.createSymbolicLink(links.resolve("dogs"), photos.resolve("dogs"));
        assertThat(inspected(links.toString(), "--follow-links")
                        .at("/advice/0/command")
                        .asText())
                .isEqualTo("saddlepoint data prepare " + links + " --follow-links OUT.zip --size 32");
        Path zip = temp.resolve("out.zip");
        assertThat(Cli.run("data", "prepare", links.toString(), "--follow-links", zip.toString(), "--size", "32")
                        .out())
                .contains("kept 5 of 8 pictures");
        assertThat(inspected(zip.toString()).get("classes").toString()).isEqualTo("{\"cats\":3,\"dogs\":2}");
        refuses(Failures.FAILED, "followed with --follow-links", links, temp.resolve("other.zip"));
    }

    @Test
    void wrongInputToPrepareIsOneLineAndWritesNothing() throws IOException {
        Path photos = photos();
        Pictures.folder(temp.resolve("small"), 2, 8);
        Files.createDirectory(temp.resolve("broken"));
        Files.writeString(temp.resolve("broken/0.png"), "no picture");
        Path out = temp.resolve("out.zip");
        refuses(Failures.USAGE, "--size must be in [1, 4096] but was 0", photos, out, "--size", "0");
        refuses(Failures.USAGE, "--channels must be 1 (grey) or 3 (colour) but was 2", photos, out, "--channels", "2");
        refuses(Failures.USAGE, "does not exist; make it", photos, temp.resolve("nosuch/out.zip"));
        refuses(Failures.USAGE, "lies inside of " + photos, photos, photos.resolve("out.zip"));
        refuses(Failures.USAGE, "must be the name of a .zip", photos, temp.resolve("out.png"));
        refuses(Failures.USAGE, "ring8 is points, which cannot be prepared", Path.of("ring8"), out);
        refuses(Failures.USAGE, "is pairs, which cannot be prepared", Path.of("paired:a,b"), out);
        refuses(Failures.FAILED, "2 smaller than 16x16", temp.resolve("small"), out, "--size", "16");
        refuses(Failures.FAILED, "1 damaged: 0.png", temp.resolve("broken"), out);
        assertThat(out).doesNotExist();
    }

    private static void refuses(int code, String message, Path source, Path out, String... more) {
        List<String> all = new ArrayList<>(List.of("data", "prepare", source.toString(), out.toString()));
        all.addAll(List.of(more));
        Cli.Result result = Cli.run(all.toArray(String[]::new));
        assertThat(result.err()).startsWith("saddlepoint: ").contains(message).hasLineCount(1);
        assertThat(result.code()).isEqualTo(code);
    }
}

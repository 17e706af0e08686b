package org.saddlepoint.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.saddlepoint.schedule.Schedule;

/** {@code docs/settings.md} says what the records and the files of defaults say; {@code -Dsaddlepoint.write=true} writes it. */
class SettingsReferenceTest {
    private static final Path PAGE = Path.of("../docs/settings.md");

    private static final String INTRODUCTION =
            """
            # Settings

            All that a recipe can say. `recipes NAME` shows the complete settings of a recipe, `--set KEY=VALUE` changes one: `--set
            generator.width=32`, `--set constraints.gp.weight=5`, `--set "views={aug: {view: diff-augment}}"`. A setting that is left out has the
            default below. Where a number may change during training, a schedule may stand for it.

            This page is made from the records and the defaults of the program, and a test compares them.
            """;

    private final StringBuilder page = new StringBuilder(INTRODUCTION);

    @Test
    void thePageSaysWhatTheProgramDoes() throws IOException {
        for (RecipeType type : RecipeType.values()) {
            page.append("\n## A recipe ")
                    .append(type == RecipeType.GAN ? "with a generator from latents" : "of translators")
                    .append("\n\n");
            String file = type.defaults();
            table(type.record(), new Defaults(file, RecipeYaml.parse(RecipeDefaults.resource(file), file), ""));
        }
        ObjectNode parts = RecipeYaml.parse(RecipeDefaults.resource(RecipeDefaults.PARTS), RecipeDefaults.PARTS);
        page.append("\n## Shared\n");
        KnownWords.SHARED.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(shared -> {
            section(shared.getKey(), shared.getValue());
            table(shared.getValue(), new Defaults(RecipeDefaults.PARTS, parts, shared.getKey()));
        });
        for (WordKind<?> kind : KnownWords.kinds()) {
            page.append("\n## ")
                    .append(kind.name().replace('-', ' '))
                    .append("\n\nSelected by `")
                    .append(kind.key());
            page.append("`, one of ")
                    .append(kind.words().stream().map(word -> "`" + word + "`").collect(Collectors.joining(", ")))
                    .append(".\n");
            for (String word : kind.words()) {
                Class<?> record = kind.record(word).orElseThrow();
                section(word, record);
                table(record, new Defaults(RecipeDefaults.PARTS, parts, kind.name() + "." + word));
            }
        }
        if (Boolean.getBoolean("saddlepoint.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("write it anew by -Dsaddlepoint.write=true").hasContent(page.toString());
    }

    private static String link(String heading) {
        return "[" + heading.replace('-', ' ') + "](#" + heading + ")";
    }

    private void section(String word, Class<?> record) {
        page.append("\n### `")
                .append(word)
                .append("`\n\n")
                .append(RecordJavadoc.of(record).summary())
                .append("\n");
    }

    /** The defaults of a part of a file, and their reasons. */
    private record Defaults(String file, JsonNode values, String path, RecipeComments comments) {
        Defaults(String file, ObjectNode whole, String path) {
            this(file, at(whole, path), path, new RecipeComments(RecipeDefaults.resource(file)));
        }

        private static JsonNode at(JsonNode whole, String path) {
            JsonNode node = whole;
            for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
                node = node.path(step);
            }
            return node;
        }

        String value(String setting) {
            JsonNode value = at(values, setting);
            return value.isMissingNode() ? "–" : "`" + RecipeYaml.inline(value) + "`";
        }

        String reason(String setting) {
            return at(values, setting).isMissingNode()
                    ? ""
                    : comments.of(Layer.join(path, setting)).replace("|", "\\|");
        }
    }

    private void table(Class<?> record, Defaults defaults) {
        if (record.getRecordComponents().length == 0) {
            return;
        }
        if (!page.toString().endsWith("\n\n")) {
            page.append("\n");
        }
        page.append("| setting | takes | default | reason of the default | what it is |\n|---|---|---|---|---|\n");
        rows("", record, defaults);
    }

    private void rows(String prefix, Class<?> record, Defaults defaults) {
        RecordJavadoc javadoc = RecordJavadoc.of(record);
        for (RecordComponent component : record.getRecordComponents()) {
            String setting = prefix + component.getName();
            String meaning = javadoc.components().getOrDefault(component.getName(), "");
            assertThat(meaning)
                    .as("@param " + component.getName() + " of " + record)
                    .isNotEmpty();
            boolean nested = component.getType().isRecord()
                    && RecipeWords.of(component.getType()).isEmpty()
                    && !KnownWords.SHARED.containsValue(component.getType());
            page.append("| `")
                    .append(setting)
                    .append("` | ")
                    .append(takes(component))
                    .append(" | ");
            page.append(nested ? "" : defaults.value(setting)).append(" | ");
            page.append(nested ? "" : defaults.reason(setting))
                    .append(" | ")
                    .append(meaning)
                    .append(" |\n");
            if (nested) {
                rows(setting + ".", component.getType(), defaults);
            }
        }
    }

    private static String takes(RecordComponent component) {
        Class<?> type = component.getType();
        Optional<WordKind<?>> kind = RecipeWords.of(type);
        if (type == Schedule.class) {
            return "a number or a " + link("schedule");
        }
        if (kind.isPresent()) {
            return link(kind.get().name());
        }
        for (Map.Entry<String, Class<? extends Record>> shared : KnownWords.SHARED.entrySet()) {
            if (shared.getValue() == type) {
                return link(shared.getKey());
            }
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(each -> "`"
                            + ((Enum<?>) each).name().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
                    .collect(Collectors.joining(", "));
        }
        if (component.getGenericType() instanceof ParameterizedType generic) {
            Class<?> of = (Class<?>) generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            return (type == Map.class ? "by name: " : "a list: ")
                    + RecipeWords.of(of).map(each -> link(each.name())).orElse(of.isRecord() ? "settings" : "numbers");
        }
        if (type.isRecord()) {
            return "settings";
        }
        return type == boolean.class
                ? "true or false"
                : type == String.class
                        ? "words"
                        : type == int.class || type == long.class ? "a whole number" : "a number";
    }
}

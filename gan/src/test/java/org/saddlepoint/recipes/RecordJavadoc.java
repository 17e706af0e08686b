package org.saddlepoint.recipes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the source of a record says of it, as text for a table. */
record RecordJavadoc(String summary, Map<String, String> components) {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}]+)(?:\\s+([^}]*))?}");
    private static final Pattern CODE = Pattern.compile("\\{@code\\s+([^}]*)}");
    private static final Pattern COMPONENT =
            Pattern.compile("@param\\s+(\\w+)\\s+(.*?)(?=\\s@(?:param|throws|see)\\b|$)", Pattern.DOTALL);

    static RecordJavadoc of(Class<?> type) {
        Class<?> outer = type.getNestHost();
        String source;
        try {
            source = Files.readString(SOURCES.resolve(outer.getName().replace('.', '/') + ".java"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher declaration =
                Pattern.compile("\\brecord " + type.getSimpleName() + "\\b").matcher(source);
        if (!declaration.find()) {
            throw new IllegalArgumentException("no source of " + type);
        }
        int end = source.lastIndexOf("*/", declaration.start());
        String block = source.substring(source.lastIndexOf("/**", end) + 3, end)
                .replaceAll("\\n\\s*\\* ?", "\n")
                .strip();
        Map<String, String> components = new LinkedHashMap<>();
        Matcher component = COMPONENT.matcher(block);
        while (component.find()) {
            components.put(component.group(1), plain(component.group(2)));
        }
        String text = block.split("\\n@|<p>|<ul>|<pre>|<table>", 2)[0];
        return new RecordJavadoc(plain(text), components);
    }

    private static String plain(String javadoc) {
        String linked = LINK.matcher(javadoc)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(2) == null ? "`" + match.group(1).replaceAll(".*[.#]", "") + "`" : match.group(2)));
        return CODE.matcher(linked)
                .replaceAll(match -> Matcher.quoteReplacement("`" + match.group(1) + "`"))
                .replaceAll("</?\\w+>", "")
                .replaceAll("\\s+", " ")
                .replace("|", "\\|")
                .strip();
    }
}

package org.saddlepoint;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.EvaluationResult;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.saddlepoint.testing.MainClasses;

/** The layers of {@code docs/architecture.md}: packages, and the arrows that are allowed between them. */
class ArchitectureTest {
    private static final String ROOT = "org.saddlepoint";
    private static final String VIOLATIONS = "org.saddlepoint.testing.violations";
    private static final JavaClasses BROKEN = new ClassFileImporter().importPackages(VIOLATIONS);

    private static final String INPUT = "input"; // below all: how files of others are opened and spoken of
    private static final String PLACES = "places"; // where caches and native libraries are
    private static final String SCHEDULE = "schedule"; // below all too: numbers that change during a training
    private static final List<String> LAYER_0 = List.of("run", "data", "theory");
    private static final String PLOT = "plot"; // of layer 0 too, but imports another of it, run; so does the next
    private static final String EVENTS = "events"; // files for TensorBoard
    private static final List<String> LAYER_1 = List.of("tensor", "clustering");
    private static final List<String> LAYER_2 = List.of("nn", "optim", "io");
    private static final List<String> LAYER_3 = List.of("objectives", "models", "constraints", "views", "metrics");
    private static final List<String> LAYER_4 = List.of("training", "evaluation", "diagnostics", "export");
    private static final List<String> LAYER_5 = List.of("recipes");

    /** The root package itself: trained models and runs, above all packages but the lab and the command line. */
    private static final String FACADE = "";

    /** The packages of this module; the others are modules of their own ({@code onnx}, {@code lab}, {@code cli}) or to come. */
    private static final Set<String> PRESENT = Set.of(
            FACADE,
            INPUT,
            PLACES,
            SCHEDULE,
            "run",
            PLOT,
            EVENTS,
            "data",
            "theory",
            "tensor",
            "clustering",
            "nn",
            "optim",
            "io",
            "objectives",
            "models",
            "constraints",
            "views",
            "metrics",
            "training",
            "evaluation",
            "diagnostics",
            "export",
            "recipes");

    /** Of each package, those that it may import beside itself. */
    private static final Map<String, List<String>> MAY_IMPORT = table();

    private static Map<String, List<String>> table() {
        Map<String, List<String>> table = new LinkedHashMap<>();
        table.put(INPUT, List.of());
        table.put(PLACES, List.of(INPUT));
        table.put(SCHEDULE, List.of(INPUT));
        LAYER_0.forEach(name -> table.put(name, List.of(INPUT)));
        table.put("data", List.of(INPUT, PLACES));
        table.put(PLOT, List.of(INPUT, PLACES, "run"));
        table.put(EVENTS, List.of(INPUT, "run"));
        table.put("tensor", List.of(INPUT, PLACES));
        table.put("clustering", List.of(INPUT, "data"));
        table.put("nn", List.of(INPUT, "tensor"));
        table.put("optim", List.of(INPUT, SCHEDULE, "tensor", "nn"));
        table.put("io", List.of(INPUT, "tensor", "nn"));
        table.put("objectives", List.of(INPUT, "tensor"));
        table.put("models", List.of(INPUT, "tensor", "nn"));
        table.put("constraints", List.of(INPUT, SCHEDULE, "tensor", "nn", "models", "views"));
        table.put("views", List.of(INPUT, SCHEDULE, "tensor", "nn"));
        table.put("metrics", List.of(INPUT, "tensor", "data", "theory"));
        List<String> below4 = join(List.of(INPUT, PLACES, SCHEDULE, PLOT, EVENTS), LAYER_0, LAYER_1, LAYER_2, LAYER_3);
        LAYER_4.forEach(name -> table.put(name, below4));
        table.put("diagnostics", join(below4, List.of("training"))); // it listens to trainings
        List<String> below5 = join(below4, LAYER_4);
        LAYER_5.forEach(name -> table.put(name, below5));
        table.put(FACADE, join(below5, LAYER_5));
        table.put("onnx", join(below5, LAYER_5));
        table.put("lab", below5);
        table.put("studio", join(below5, LAYER_5, List.of(FACADE)));
        table.put("cli", join(below5, LAYER_5, List.of(FACADE, "onnx", "lab", "studio")));
        return table;
    }

    @SafeVarargs
    private static List<String> join(List<String>... lists) {
        List<String> all = new ArrayList<>();
        for (List<String> list : lists) {
            all.addAll(list);
        }
        return all;
    }

    static Set<String> packages() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageImportsOnlyWhatItsLayerMay(String name) {
        imports(ROOT, name).check(MainClasses.all());
    }

    @Test
    void everyClassIsInAPackageOfTheTable() {
        inATablePackage(ROOT).check(MainClasses.all());
        Set<String> found = MainClasses.all().stream()
                .map(type -> type.getPackageName().replaceFirst("^org\\.saddlepoint\\.?([^.]*).*", "$1"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found)
                .as("so none of the rules above was checked on nothing")
                .containsAll(PRESENT);
        assertThat(packages()).containsAll(found);
    }

    /** Of libtorch, and of the library that decodes pictures. */
    @Test
    void onlyTheEngineAndOneClassForPicturesUseABinding() {
        noBinding(ROOT).check(MainClasses.all());
        picturesOnly(ROOT).check(MainClasses.all());
        assertThat(MainClasses.all().stream()
                        .filter(resideInAPackage("org.saddlepoint.tensor.."))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(dependency ->
                                dependency.getTargetClass().getPackageName().startsWith("org.bytedeco")))
                .as("the engine does use it, so the rule would see others")
                .isNotEmpty();
    }

    @Test
    void noEngineSignatureThatOthersCanSeeMentionsTheBinding() {
        List<String> seen = MainClasses.all().stream()
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .flatMap(type -> type.getMembers().stream())
                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC)
                        || member.getModifiers().contains(JavaModifier.PROTECTED))
                .filter(member -> member.getAllInvolvedRawTypes().stream()
                        .anyMatch(type -> type.getPackageName().startsWith("org.bytedeco")))
                .map(member -> member.getFullName())
                .toList();
        assertThat(seen).isEmpty();
    }

    @Test
    void packagesFormNoCycle() {
        noCycles(ROOT).check(MainClasses.all());
    }

    @Test
    void partsOfDataFormNoCycleAndTheirBaseKnowsNone() {
        noCycles(ROOT + ".data").check(MainClasses.all());
        baseAlone(ROOT + ".data").check(MainClasses.all());
        assertThat(MainClasses.all().stream()
                        .map(JavaClass::getPackageName)
                        .filter(name -> name.startsWith(ROOT + ".data.")))
                .as("there are parts, so the rules were checked on something")
                .isNotEmpty();
    }

    /** Several processes are made of tensors, and tensors know nothing of them. */
    @Test
    void theEngineDoesNotKnowItsPackageOfProcesses() {
        baseAlone(ROOT + ".tensor").check(MainClasses.all());
        assertThat(MainClasses.all().stream().map(JavaClass::getPackageName)).contains(ROOT + ".tensor.distributed");
    }

    @Test
    void classesAreAbstractOrFinal() {
        abstractOrFinal().check(MainClasses.all());
    }

    /** Nothing here asks the network for anything; the engine's own library has no part that does. */
    @Test
    void nothingReachesTheNetwork() {
        noNetwork(ROOT).check(MainClasses.all());
    }

    @Test
    void theRulesFindWhatIsWrong() {
        assertViolated(noNetwork(VIOLATIONS), "violations.run.CallsHome");
        assertViolated(
                imports(VIOLATIONS, "objectives"), "violations.objectives.ReachesUp", "violations.training.Loop");
        assertViolated(imports(VIOLATIONS, "run"), "violations.run.KnowsLayers", "violations.nn.UsesBinding");
        assertHolds(imports(VIOLATIONS, "training"));
        assertViolated(inATablePackage(VIOLATIONS), "violations.stray.Stray");
        assertViolated(noBinding(VIOLATIONS), "violations.nn.UsesBinding", "org.bytedeco");
        assertViolated(picturesOnly(VIOLATIONS), "violations.data.codecs.Leptonica", "org.bytedeco.pytorch");
        assertViolated(noCycles(VIOLATIONS), "Cycle detected", "violations.training", "violations.objectives");
        assertViolated(baseAlone(VIOLATIONS + ".data"), "violations.data.KnowsItsPart", "violations.data.part.Part");
        assertViolated(abstractOrFinal(), "violations.nn.OpenToOverriding");
    }

    static ArchRule imports(String root, String name) {
        List<String> allowed = new ArrayList<>(List.of(within(root, name)));
        MAY_IMPORT.getOrDefault(name, List.of()).forEach(other -> allowed.add(within(root, other)));
        DescribedPredicate<JavaClass> elsewhere = not(resideInAPackage(root + ".."));
        return classes()
                .that()
                .resideInAPackage(within(root, name))
                .should()
                .onlyDependOnClassesThat(elsewhere.or(resideInAnyPackage(allowed.toArray(String[]::new))))
                .allowEmptyShould(!PRESENT.contains(name));
    }

    /** The root package alone, or another with those below it. */
    private static String within(String root, String name) {
        return name.equals(FACADE) ? root : root + "." + name + "..";
    }

    static ArchRule inATablePackage(String root) {
        String[] known = packages().stream().map(name -> within(root, name)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(root + ".*..") // not the package-info of the root itself
                .should()
                .resideInAnyPackage(known);
    }

    static ArchRule noBinding(String root) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(root + ".tensor..")
                .and()
                .doNotHaveFullyQualifiedName(pictures(root))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bytedeco..");
    }

    private static String pictures(String root) {
        return root + ".data.codecs.Leptonica";
    }

    /** The class for pictures uses no other binding than that of its library. */
    static ArchRule picturesOnly(String root) {
        DescribedPredicate<JavaClass> others = resideInAPackage("org.bytedeco..")
                .and(not(resideInAnyPackage("org.bytedeco.leptonica..", "org.bytedeco.javacpp..")));
        return noClasses()
                .that()
                .haveFullyQualifiedName(pictures(root))
                .should()
                .dependOnClassesThat(others);
    }

    static ArchRule noNetwork(String root) {
        DescribedPredicate<JavaClass> network = DescribedPredicate.describe(
                "the network",
                type -> type.getName()
                                .matches("(java|javax|com\\.sun)\\.(net|rmi|naming)\\.(?!URI).*") // URIs open nothing
                        || type.getName().matches("java\\.nio\\.channels\\..*(Socket|Datagram|Network).*"));
        return noClasses().that().resideInAPackage(root + "..").should().dependOnClassesThat(network);
    }

    static ArchRule noCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** The package itself does not import its sub-packages. */
    private static ArchRule baseAlone(String base) {
        return noClasses().that().resideInAPackage(base).should().dependOnClassesThat(resideInAPackage(base + ".*.."));
    }

    static ArchRule abstractOrFinal() {
        DescribedPredicate<JavaClass> anonymous = DescribedPredicate.describe("anonymous", JavaClass::isAnonymousClass);
        return classes()
                .that(not(anonymous))
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areNotRecords()
                .and()
                .areNotAssignableTo(Throwable.class)
                .should(new ArchCondition<JavaClass>("be abstract or final") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        boolean closed = type.getModifiers().contains(JavaModifier.ABSTRACT)
                                || type.getModifiers().contains(JavaModifier.FINAL);
                        events.add(new SimpleConditionEvent(
                                type, closed, type.getName() + (closed ? " is closed" : " can be extended")));
                    }
                });
    }

    private static void assertViolated(ArchRule rule, String... words) {
        EvaluationResult result = rule.evaluate(BROKEN);
        assertThat(result.hasViolation()).as(rule.getDescription()).isTrue();
        assertThat(String.join("\n", result.getFailureReport().getDetails())).contains(words);
    }

    private static void assertHolds(ArchRule rule) {
        assertThat(rule.evaluate(BROKEN).hasViolation()).isFalse();
    }
}

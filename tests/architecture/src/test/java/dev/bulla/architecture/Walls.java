package dev.bulla.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The walls of the house. Packages are matched by their last part, so that a fixture can stand behind the same wall. */
final class Walls {
    private static final Set<String> EXPORTED = Set.of(
            "bulla",
            "audit",
            "error",
            "event",
            "http",
            "key",
            "limit",
            "model",
            "oauth2",
            "provider",
            "tool",
            "web",
            "webhook",
            "exported");
    private static final List<String> LIBRARIES =
            List.of("okhttp3", "okio", "com.squareup", "com.nimbusds", "org.bouncycastle", "kotlin");

    private Walls() {}

    /** Who talks can not spell "seal" or "store". */
    static final ArchRule TALKERS_KNOW_NO_SEAL_AND_NO_STORE = noClasses()
            .that()
            .resideInAnyPackage("..oauth2..", "..http..", "..provider..", "..providers..")
            .should()
            .dependOnClassesThat(named("seal").or(store()));

    /** Plain becomes sealed in one room. */
    static final ArchRule ONLY_THE_VAULT_KNOWS_SEAL_AND_STORE = classes()
            .should(new ArchCondition<>("know the seal or the store, not both, outside the vault") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    Set<JavaClass> uses = item.getDirectDependenciesFromSelf().stream()
                            .map(dependency -> dependency.getTargetClass())
                            .collect(java.util.stream.Collectors.toSet());
                    boolean both = uses.stream().anyMatch(named("seal"))
                            && uses.stream().anyMatch(store());
                    boolean vault = item.getPackageName().endsWith(".vault");
                    events.add(new SimpleConditionEvent(
                            item, !both || vault, item.getName() + " knows both seal and store"));
                }
            });

    /** A store is the ground: it sees nothing of what stands on it. */
    static final ArchRule STORES_KNOW_THE_SPI_ALONE = noClasses()
            .that()
            .resideInAnyPackage("dev.bulla.store..", "fixture.store..")
            .should()
            .dependOnClassesThat(new DescribedPredicate<>("are Bulla's, beside the store") {
                @Override
                public boolean test(JavaClass type) {
                    return type.getPackageName().startsWith("dev.bulla")
                            && !type.getPackageName().startsWith("dev.bulla.store");
                }
            });

    /** Keepers stand behind the front door, not before it. */
    static final ArchRule NOBODY_INSIDE_KNOWS_THE_FRONT_DOOR = noClasses()
            .that()
            .resideInAnyPackage(
                    "..audit..",
                    "..trail..",
                    "..error..",
                    "..http..",
                    "..key..",
                    "..model..",
                    "..oauth2..",
                    "..provider..",
                    "..seal..",
                    "..vault..",
                    "..connection..",
                    "..handshake..",
                    "..refresh..",
                    "..use..",
                    "..member..",
                    "..event..",
                    "..notice..",
                    "..explain..",
                    "..hook..",
                    "..webhook..",
                    "..policy..",
                    "..rule..",
                    "..json..",
                    "..tool..",
                    "..rack..",
                    "..entity..",
                    "..gate..",
                    "..limit..",
                    "..keeper..")
            .and()
            .resideOutsideOfPackage("..testkit..") // which knocks at it
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.bulla", "dev.bulla.web");

    static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
            slices().matching("dev.bulla.(**)").should().beFreeOfCycles();

    static final ArchRule NO_CYCLES_BETWEEN_FIXTURES =
            slices().matching("fixture.cycle.(*)").should().beFreeOfCycles();

    /** A host that uses a library of ours in another version must not meet ours in a signature. */
    static final ArchRule NO_LIBRARY_TYPE_IN_AN_EXPORTED_SIGNATURE = classes()
            .should(new ArchCondition<>("show no library type where it is exported") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    if (!EXPORTED.contains(lastPart(item)) || !isVisible(item)) {
                        return;
                    }
                    Stream<JavaClass> shown = Stream.concat(
                            Stream.concat(item.getMethods().stream(), item.getConstructors().stream())
                                    .filter(member -> visible(member.getModifiers()))
                                    .flatMap(member -> Stream.concat(
                                            Stream.of(member.getRawReturnType()),
                                            Stream.concat(
                                                    member.getRawParameterTypes().stream(),
                                                    member.getExceptionTypes().stream()
                                                            .map(type -> type.toErasure())))),
                            Stream.concat(item.getAllRawSuperclasses().stream(), item.getAllRawInterfaces().stream()));
                    shown.filter(type -> LIBRARIES.stream().anyMatch(type.getName()::startsWith))
                            .forEach(type -> events.add(
                                    SimpleConditionEvent.violated(item, item.getName() + " shows " + type.getName())));
                }
            });

    /** A question about rows names its tenant. Upkeep answers references and counts, and every row is asked for with its tenant. */
    static final ArchRule EVERY_FINDER_HAS_A_TENANT = classes()
            .that()
            .areInterfaces()
            .and()
            .haveSimpleNameEndingWith("Store")
            .and()
            .doNotHaveSimpleName("UpkeepStore")
            .and()
            .doNotHaveSimpleName("Store")
            .should(new ArchCondition<>("take a tenant, or a row that names one, in every verb") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    for (JavaMethod method : item.getMethods()) {
                        boolean tenant = parameterNames(method).contains("tenant")
                                || method.getRawParameterTypes().stream()
                                        .anyMatch(type -> type.getSimpleName().endsWith("Row")
                                                || type.getSimpleName().equals("SealedWrite")
                                                || type.getSimpleName().equals("Collection"));
                        events.add(new SimpleConditionEvent(item, tenant, method.getFullName() + " names no tenant"));
                    }
                }
            });

    /** Each operation has a cipher of its own: a shared one seals, silently, what nobody can open. */
    static final ArchRule NO_SHARED_HPKE = noFields().should().haveRawType("org.bouncycastle.crypto.hpke.HPKE");

    static final ArchRule NO_MONITORS_NO_THREAD_LOCALS_NO_PRINTING = noClasses()
            .that()
            .resideOutsideOfPackage("..testkit..")
            .and()
            .doNotHaveFullyQualifiedName("dev.bulla.providers.all.Catalogue") // a command, whose work is to print
            .should(new ArchCondition<JavaClass>("lock a monitor in a method of theirs, keep a ThreadLocal, or print") {
                @Override
                public void check(JavaClass item, ConditionEvents events) {
                    boolean monitor = item.getMethods().stream()
                            .anyMatch(method -> method.getModifiers().contains(JavaModifier.SYNCHRONIZED));
                    boolean local = item.getFields().stream()
                            .anyMatch(field -> field.getRawType().isAssignableTo(ThreadLocal.class));
                    boolean prints = item.getFieldAccessesFromSelf().stream()
                            .anyMatch(access -> access.getTarget().getOwner().isEquivalentTo(System.class));
                    events.add(new SimpleConditionEvent(
                            item, monitor || local || prints, item.getName() + " locks, keeps or prints"));
                }
            });

    static final ArchRule SECRETS_ARE_NOT_SERIALISABLE = noClasses()
            .that()
            .haveNameMatching(
                    ".*(Secret|TokenSet|Tokens|Payload|MemberKey|HostKeyring|Session|Opener|MemberPair|IssuedKey)")
            .should()
            .beAssignableTo(java.io.Serializable.class);

    private static List<String> parameterNames(JavaMethod method) {
        return Stream.of(method.reflect().getParameters())
                .map(java.lang.reflect.Parameter::getName)
                .toList();
    }

    private static String lastPart(JavaClass type) {
        return type.getPackageName().substring(type.getPackageName().lastIndexOf('.') + 1);
    }

    private static boolean isVisible(JavaClass type) {
        return visible(type.getModifiers())
                && type.getEnclosingClass().map(Walls::isVisible).orElse(true);
    }

    private static boolean visible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static DescribedPredicate<JavaClass> named(String part) {
        return JavaClass.Predicates.resideInAPackage("dev.bulla." + part + "..");
    }

    private static DescribedPredicate<JavaClass> store() {
        return named("store");
    }
}

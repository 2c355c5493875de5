package io.holdfast.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.holdfast.events.Event;
import io.holdfast.vault.repository.Repository;

/** Which module may know which. */
@AnalyzeClasses(packages = "io.holdfast", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule MODULES_KNOW_EACH_OTHER_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("events")
            .definedBy("io.holdfast.events..")
            .layer("plan")
            .definedBy("io.holdfast.plan..")
            .layer("vault")
            .definedBy("io.holdfast.vault..")
            .layer("sources")
            .definedBy("io.holdfast.sources..")
            .layer("messaging")
            .definedBy("io.holdfast.messaging..")
            .layer("site")
            .definedBy("io.holdfast.site..")
            .layer("scheduler")
            .definedBy("io.holdfast.scheduler..")
            .layer("worker")
            .definedBy("io.holdfast.worker..")
            .layer("uploader")
            .definedBy("io.holdfast.uploader..")
            .layer("restore")
            .definedBy("io.holdfast.restore..")
            .layer("monitor")
            .definedBy("io.holdfast.monitor..")
            .layer("notifier")
            .definedBy("io.holdfast.notifier..")
            .layer("console")
            .definedBy("io.holdfast.console..")
            .layer("cli")
            .definedBy("io.holdfast.cli..")
            .layer("embedded")
            .definedBy("io.holdfast.embedded..")
            .layer("standalone")
            .definedBy("io.holdfast.standalone..")
            .whereLayer("events")
            .mayNotAccessAnyLayer()
            .whereLayer("plan")
            .mayNotAccessAnyLayer()
            .whereLayer("vault")
            .mayNotAccessAnyLayer()
            .whereLayer("sources")
            .mayOnlyAccessLayers("plan", "vault")
            .whereLayer("messaging")
            .mayOnlyAccessLayers("events")
            .whereLayer("site")
            .mayOnlyAccessLayers("events", "messaging", "plan", "vault", "sources")
            .whereLayer("scheduler")
            .mayOnlyAccessLayers("events", "messaging", "plan")
            .whereLayer("worker")
            .mayOnlyAccessLayers("events", "messaging", "plan", "vault", "sources", "site")
            .whereLayer("uploader")
            .mayOnlyAccessLayers("events", "messaging", "plan", "vault", "site")
            .whereLayer("restore")
            .mayOnlyAccessLayers("events", "messaging", "plan", "vault", "sources", "site")
            .whereLayer("monitor")
            .mayOnlyAccessLayers("events", "messaging")
            .whereLayer("notifier")
            .mayOnlyAccessLayers("events", "messaging")
            .whereLayer("console")
            .mayOnlyAccessLayers("events", "messaging", "plan")
            .whereLayer("cli")
            .mayOnlyAccessLayers("events", "plan", "vault", "sources")
            .whereLayer("embedded")
            .mayNotAccessAnyLayer()
            .because("no service knows another, the centre holds no repository key, and only standalone knows all");

    @ArchTest
    static final ArchRule THE_VAULT_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("io.holdfast.vault..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("the vault is a library for anyone");

    @ArchTest
    static final ArchRule THE_CONTRACT_STANDS_ALONE = noClasses()
            .that()
            .resideInAPackage("io.holdfast.events..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache.kafka..")
            .because("others subscribe to the events without our libraries");

    @ArchTest
    static final ArchRule SOURCES_DO_NOT_TALK_TO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("io.holdfast.sources..", "io.holdfast.plan..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..")
            .because("capturing and putting back works with no broker");

    @ArchTest
    static final ArchRule THE_VAULTS_PACKAGES_HAVE_NO_TANGLES = slices().matching("io.holdfast.vault.(*)..")
            .should()
            .beFreeOfCycles()
            .because("each package of the vault may import only those below it");

    @ArchTest
    static final ArchRule THE_VAULTS_PACKAGES_DO_NOT_KNOW_THEIR_ROOT = noClasses()
            .that()
            .resideInAPackage("io.holdfast.vault.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.holdfast.vault")
            .because("the root offers what the packages below it do, so each of them is read and tested without it");

    @ArchTest
    static final ArchRule THE_VAULT_IS_USED_THROUGH_ITS_ROOT = noClasses()
            .that()
            .resideOutsideOfPackage("io.holdfast.vault..")
            .should()
            .dependOnClassesThat()
            .areAssignableTo(Repository.class)
            .because("what works on an opened repository relies on locks that only the root takes");

    @ArchTest
    static final ArchRule THE_KINDS_OF_SOURCES_HAVE_NO_TANGLES = slices().matching("io.holdfast.sources.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a new kind is one package on top of the contract");

    @ArchTest
    static final ArchRule THE_COMMANDS_PACKAGES_KNOW_EACH_OTHER_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.holdfast.cli..")
            .layer("cli")
            .definedBy("io.holdfast.cli")
            .layer("platform")
            .definedBy("io.holdfast.cli.platform")
            .layer("emergency")
            .definedBy("io.holdfast.cli.emergency")
            .layer("vault")
            .definedBy("io.holdfast.cli.vault")
            .layer("files")
            .definedBy("io.holdfast.cli.vault.files")
            .layer("maintenance")
            .definedBy("io.holdfast.cli.vault.maintenance")
            .layer("key")
            .definedBy("io.holdfast.cli.vault.key")
            .layer("repository")
            .definedBy("io.holdfast.cli.repository")
            .layer("verb")
            .definedBy("io.holdfast.cli.verb")
            .layer("terminal")
            .definedBy("io.holdfast.cli.terminal")
            .whereLayer("cli")
            .mayOnlyAccessLayers("platform", "emergency", "vault", "verb", "terminal")
            .whereLayer("platform")
            .mayOnlyAccessLayers("repository", "verb", "terminal")
            .whereLayer("emergency")
            .mayOnlyAccessLayers("repository", "verb", "terminal")
            .whereLayer("vault")
            .mayOnlyAccessLayers("files", "maintenance", "key", "repository", "verb", "terminal")
            .whereLayer("files")
            .mayOnlyAccessLayers("repository", "verb", "terminal")
            .whereLayer("maintenance")
            .mayOnlyAccessLayers("repository", "verb", "terminal")
            .whereLayer("key")
            .mayOnlyAccessLayers("repository", "verb", "terminal")
            .whereLayer("repository")
            .mayOnlyAccessLayers("verb", "terminal")
            .whereLayer("verb")
            .mayOnlyAccessLayers("terminal")
            .whereLayer("terminal")
            .mayNotAccessAnyLayer()
            .because("a verb on a repository needs no platform, and each package is read on top of those below it");

    @ArchTest
    static final ArchRule EVENTS_ARE_RECORDS = classes()
            .that()
            .implement(Event.class)
            .and()
            .areNotInterfaces()
            .should()
            .beRecords()
            .because("an event is what it says and nothing else");
}

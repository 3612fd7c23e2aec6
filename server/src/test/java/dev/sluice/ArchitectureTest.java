package dev.sluice;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.stream.Stream;

/** The house's arrows: which package may know which. */
@AnalyzeClasses(packages = "dev.sluice", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule library_dependencies_pointOnlyAtWhatItServesWith = classes()
            .that(resideInAPackage("dev.sluice"))
            .should()
            .onlyDependOnClassesThat(resideOutsideOfPackage("dev.sluice..")
                    .or(resideInAnyPackage(
                            "dev.sluice",
                            "dev.sluice.serve..",
                            "dev.sluice.site..",
                            "dev.sluice.io..",
                            "dev.sluice.ledger..",
                            "dev.sluice.plan..",
                            "dev.sluice.http..")));

    @ArchTest
    static final ArchRule library_dependents_areNone = noClasses()
            .that()
            .resideInAPackage("dev.sluice.*..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.sluice");

    @ArchTest
    static final ArchRule cli_dependencies_pointOnlyAtAppConfigAdminAccessCalibration =
            arrows("cli", "app", "config", "admin", "access", "calibration");

    @ArchTest
    static final ArchRule app_dependencies_pointOnlyAtWhatItComposes =
            arrows("app", "config", "admin", "serve", "site", "access", "io", "ledger", "plan", "http", "tls");

    @ArchTest
    static final ArchRule admin_dependencies_pointOnlyAtLedger = arrows("admin", "ledger");

    @ArchTest
    static final ArchRule serve_dependencies_pointOnlyAtWhatItServesFrom =
            arrows("serve", "site", "archive", "listing", "access", "io", "ledger", "plan", "http");

    @ArchTest
    static final ArchRule site_dependencies_pointOnlyAtPlanHttpAndArchive = arrows("site", "plan", "http", "archive");

    @ArchTest
    static final ArchRule archive_dependencies_pointAtNoSibling = arrows("archive");

    @ArchTest
    static final ArchRule plan_dependencies_pointOnlyAtHttp = arrows("plan", "http");

    @ArchTest
    static final ArchRule listing_dependencies_pointOnlyAtHttp = arrows("listing", "http");

    @ArchTest
    static final ArchRule http_dependencies_pointAtNoSibling = arrows("http");

    @ArchTest
    static final ArchRule access_dependencies_pointAtNoSibling = arrows("access");

    @ArchTest
    static final ArchRule io_dependencies_pointAtNoSibling = arrows("io");

    @ArchTest
    static final ArchRule calibration_dependencies_pointOnlyAtIo = arrows("calibration", "io");

    @ArchTest
    static final ArchRule tls_dependencies_pointAtNoSibling = arrows("tls");

    @ArchTest
    static final ArchRule ledger_dependencies_pointAtNoSibling = arrows("ledger");

    @ArchTest
    static final ArchRule config_dependencies_pointOnlyAtArchive = arrows("config", "archive");

    @ArchTest
    static final ArchRule undertow_use_staysAtTheEdge = noClasses()
            .that()
            .resideOutsideOfPackages("dev.sluice", "dev.sluice.app..", "dev.sluice.serve..", "dev.sluice.admin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "org.xnio..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule plan_libraries_areValuesOnly = classes()
            .that()
            .resideInAPackage("dev.sluice.plan..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java.lang",
                    "java.lang.runtime",
                    "java.nio.charset",
                    "java.time..",
                    "java.util..",
                    "org.jspecify..",
                    "dev.sluice.plan..",
                    "dev.sluice.http.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule http_libraries_areTheJdk = classes()
            .that()
            .resideInAPackage("dev.sluice.http..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.sluice.http.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule core_time_isAlwaysGiven = noClasses()
            .that()
            .resideInAnyPackage("dev.sluice.http..", "dev.sluice.plan..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Clock.class)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packages_together_haveNoCycles =
            slices().matching("dev.sluice.(*)..").should().beFreeOfCycles().allowEmptyShould(true);

    @ArchTest
    static final ArchRule names_vague_areAbsent = noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .allowEmptyShould(true);

    private static ArchRule arrows(String from, String... to) {
        String[] allowed = Stream.concat(Stream.of(from), Stream.of(to))
                .map(name -> "dev.sluice." + name + "..")
                .toArray(String[]::new);
        return classes()
                .that(resideInAPackage("dev.sluice." + from + ".."))
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage("dev.sluice..").or(resideInAnyPackage(allowed)))
                .as(from + " -> " + String.join(", ", to))
                .allowEmptyShould(true);
    }
}

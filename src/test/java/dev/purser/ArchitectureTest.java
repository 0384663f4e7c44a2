package dev.purser;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static dev.purser.House.ROOT;
import static dev.purser.House.room;
import static dev.purser.House.rooms;

import java.util.List;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import io.vertx.core.http.ClientAuth;

/** The house's rooms: who may know whom, and what may not enter. Each rule says how to comply. */
@AnalyzeClasses(packages = ROOT, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule eachLineUsesOnlyTheLinesBelowIt = House.layers()
            .because(
                    "a room knows only the rooms on the lines below it: pass what it needs from another room in through its"
                            + " constructor, as a type of a lower line (Wallets, Journal), and let Purser do the wiring");

    @ArchTest
    static final ArchRule everyClassHasARoom = classes().should().resideInAnyPackage(House.everywhere())
            .because(
                    "a class outside the rooms escapes their rules: move it into one, or add a room to House and to the"
                            + " design");

    @ArchTest
    static final ArchRule noRoomsInACircle = slices().matching(ROOT + ".(*)..").should().beFreeOfCycles()
            .because("rooms that need each other are one room: move what both need to a lower line");

    @ArchTest
    static final ArchRule theSandboxIsOpenedByPurserOnly = noClasses().that().resideOutsideOfPackages(ROOT,
            room("sandbox")).should().dependOnClassesThat().resideInAPackage(room("sandbox"))
            .because("the sandbox must not be reachable in production: let Purser open it when the mode names it");

    @ArchTest
    static final ArchRule rulesKnowOnlyJava = classes().that().resideInAPackage(room("wallet")).should()
            .onlyDependOnClassesThat().resideInAnyPackage("java..", "org.jspecify..", room("wallet"))
            .because("the rules are pure: bring in as an argument what they need to know");

    @ArchTest
    static final ArchRule rulesDoNoInputOrOutput = noClasses().that().resideInAPackage(room("wallet")).should()
            .dependOnClassesThat().resideInAnyPackage("java.util.concurrent..", "java.sql..", "java.io..", "java.net..",
                    "java.nio..", "java.util.logging..")
            .because("a wallet is decided by one thread from what is in memory: I/O and threads are the lane's");

    @ArchTest
    static final ArchRule rulesReadNoClock = noClasses().that().resideInAPackage(room("wallet")).should()
            .accessTargetWhere(Conditions.readsAClock())
            .because("a decision must come out the same when it is replayed:"
                    + " take the time that decide was given (Draft.now)");

    @ArchTest
    static final ArchRule rulesRollNoDice = noClasses().that().resideInAPackage(room("wallet")).should()
            .accessTargetWhere(Conditions.call("random", UUID.class, Math.class)).orShould()
            .dependOnClassesThat().areAssignableTo(Random.class)
            .because("a decision must come out the same when it is replayed: let the command bring the id");

    @ArchTest
    static final ArchRule actorsDoNotWait = noClasses().that().resideInAnyPackage(rooms("wallet", "lane")).should()
            .accessTargetWhere(Conditions.call("sleep", Thread.class)).orShould()
            .dependOnClassesThat().areAssignableTo(ThreadLocal.class).orShould()
            .dependOnClassesThat().areAssignableTo(Timer.class)
            .because("a lane's thread serves many wallets: ask LaneLoop to come back later, keep state in fields");

    @ArchTest
    static final ArchRule actorsDoNotLock = classes().that().resideInAnyPackage(rooms("wallet", "lane"))
            .should(Conditions.notSynchronize())
            .because(
                    "a wallet is touched by one thread only: hand work to it with LaneLoop.execute instead of locking");

    @ArchTest
    static final ArchRule choicesAreRecords = classes().that().resideInAnyPackage(rooms("wallet", "lane"))
            .and(Conditions.arePermittedSubtypes()).should().beRecords()
            .because("commands, decisions, refusals, facts and outcomes are values: make it a record, which"
                    + " switch can take apart");

    @ArchTest
    static final ArchRule lanesKnowOfVertxOnlyFutures = noClasses().that().resideInAPackage(room("lane")).should()
            .dependOnClassesThat(
                    Conditions.areVertxBeyond(List.of("Future", "Promise", "CompositeFuture", "AsyncResult",
                            "Handler", "Completable")))
            .because("a simulated clock must be able to drive a lane: threads, timers and time come through LaneLoop");

    @ArchTest
    static final ArchRule sqlStaysInTheJournal = noClasses().that().resideOutsideOfPackage(room("journal")).should()
            .dependOnClassesThat().resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql..",
                    "javax.sql..", "org.flywaydb..", "org.postgresql..")
            .because("the journal is the only room with SQL: give it a method that returns a record");

    @ArchTest
    static final ArchRule theClusterStaysInItsRoom = noClasses().that()
            .resideOutsideOfPackages(ROOT, room("cluster")).should().dependOnClassesThat()
            .resideInAnyPackage("com.hazelcast..", "io.vertx.core.eventbus..", "io.vertx.core.spi.cluster..",
                    "io.vertx.spi.cluster..")
            .because("where a wallet lives is the cluster's business: send operations through Wallets");

    @ArchTest
    static final ArchRule httpStaysAtTheEdge = noClasses().that()
            .resideOutsideOfPackages(rooms("api", "live", "payments", "ops", "sandbox")).should()
            .dependOnClassesThat(resideInAnyPackage("io.vertx.core.http..", "io.vertx.ext.web..", "java.net.http..")
                    // Vert.x keeps there, too, whether a server of any kind asks for certificates.
                    .and(not(type(ClientAuth.class))))
            .because(
                    "only the edge speaks HTTP (and what stands in for Stripe in the sandbox): turn the request into a record there and pass that on");

    @ArchTest
    static final ArchRule jsonStaysAtTheWire = noClasses().that()
            .resideOutsideOfPackages(ROOT, room("api"), room("live"), room("payments"), room("ops"), room("journal"),
                    room("cluster"), room("sandbox"))
            .should().dependOnClassesThat().resideInAPackage("io.vertx.core.json..")
            .because("a typo in a JSON key is found by nobody: read the wire into a record and pass that on");

    @ArchTest
    static final ArchRule theEnvironmentIsReadOnce = noClasses().that().resideOutsideOfPackage(ROOT).should()
            .accessTargetWhere(Conditions.call("getenv", System.class))
            .because("settings are read and checked in one place: take a settings record in the constructor");

    @ArchTest
    static final ArchRule embeddedPostgresStaysInTheSandbox = noClasses().that()
            .resideOutsideOfPackage(room("sandbox")).should().dependOnClassesThat().resideInAPackage("io.zonky..")
            .because("production has a database of its own: everything else takes DatabaseSettings");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes().should(Conditions.liveInANullMarkedPackage())
            .because("null is checked only where it is asked for: add a package-info.java that says in a few lines what"
                    + " the package is for and what may not enter, marked @NullMarked");
}

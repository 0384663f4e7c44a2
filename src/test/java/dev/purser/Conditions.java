package dev.purser;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.NullMarked;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** What ArchUnit cannot ask by itself. */
final class Conditions {

    private Conditions() {
    }

    /** Uses, by call or by reference, of methods of these classes whose name starts so. */
    static DescribedPredicate<JavaAccess<?>> call(String name, Class<?>... owners) {
        return describe(name + "... is of " + Arrays.toString(owners),
                access -> access.getTarget().getName().startsWith(name)
                        && Arrays.stream(owners).anyMatch(access.getTargetOwner()::isAssignableTo));
    }

    static DescribedPredicate<JavaAccess<?>> readsAClock() {
        DescribedPredicate<JavaAccess<?>> javaTime = describe("now or system... is of java.time",
                access -> access.getTargetOwner().getPackageName().startsWith("java.time")
                        && (access.getTarget().getName().equals("now")
                                || access.getTarget().getName().startsWith("system")));
        return javaTime.or(call("currentTimeMillis", System.class)).or(call("nanoTime", System.class));
    }

    static DescribedPredicate<JavaClass> areVertxBeyond(List<String> allowed) {
        return describe("are of Vert.x and none of " + allowed,
                type -> type.getPackageName().startsWith("io.vertx")
                        && !(type.getPackageName().equals("io.vertx.core") && allowed.contains(type.getSimpleName())));
    }

    static DescribedPredicate<JavaClass> arePermittedSubtypes() {
        return describe("are permitted subtypes of a sealed interface", type -> !type.isInterface()
                && type.getRawInterfaces().stream().anyMatch(parent -> parent.reflect().isSealed()));
    }

    static ArchCondition<JavaClass> liveInANullMarkedPackage() {
        return condition("live in a @NullMarked package",
                type -> type.getPackage().tryGetPackageInfo().filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isPresent(),
                "lives in a package that is not @NullMarked");
    }

    /** Neither as a method's modifier nor as a block, which ArchUnit does not see. */
    static ArchCondition<JavaClass> notSynchronize() {
        return condition("not synchronize", type -> read(type).methods().stream().noneMatch(Conditions::synchronizes),
                "synchronizes");
    }

    private static boolean synchronizes(MethodModel method) {
        return method.flags().has(AccessFlag.SYNCHRONIZED) || method.code()
                .filter(code -> code.elementStream().anyMatch(MonitorInstruction.class::isInstance)).isPresent();
    }

    private static ClassModel read(JavaClass type) {
        try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return ClassFile.of().parse(bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ArchCondition<JavaClass> condition(String description,
            Predicate<JavaClass> holds, String otherwise) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                events.add(new SimpleConditionEvent(type, holds.test(type), type.getName() + ' ' + otherwise));
            }
        };
    }
}

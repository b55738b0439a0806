package linnet.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of the architecture that a compiler does not check. */
class ArchitectureTest {
    private static final String ROOT = "linnet.core.";

    /** From the ground up. A package may use those of lower rows, never its own row or a higher one. */
    private static final List<Set<String>> LAYERS = List.of(
            // The ground is ordered within itself, so each of its packages has a row of its own.
            Set.of("id"),
            Set.of("env"),
            Set.of("crypto"),
            Set.of("wire"),
            Set.of("event"),
            // Who I am connected to.
            Set.of("link"),
            // Who is where.
            Set.of("contact", "dht", "gossip", "presence", "bootstrap", "beacon"),
            // How it gets there.
            Set.of("route", "relay", "onion", "mailbox", "delegate"),
            // What people do.
            Set.of("message", "group", "pubsub", "share"),
            // All of it.
            Set.of("node"));

    private final JavaClasses core = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("linnet.core");

    @Test
    void coreTouchesNoThreadsSocketsOrFiles() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net..",
                        "java.io..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "java.lang.reflect..",
                        "javax..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .because("the core runs the same in a JVM, a browser and the simulator")
                .check(core);
    }

    @Test
    void everyPackageHasOneLayer() {
        Set<String> strangers = new TreeSet<>();
        for (JavaClass type : core) if (layerOf(type) < 0) strangers.add(type.getPackageName());
        assertThat(strangers).as("packages without a row in LAYERS").isEmpty();
    }

    @Test
    void layersPointDownAndNeverSideways() {
        Set<String> faults = new TreeSet<>();
        for (JavaClass type : core)
            for (Dependency use : type.getDirectDependenciesFromSelf()) {
                JavaClass used = use.getTargetClass().getBaseComponentType();
                boolean elsewhere =
                        used.getPackageName().startsWith(ROOT) && !nameOf(used).equals(nameOf(type));
                if (elsewhere && layerOf(used) >= layerOf(type)) faults.add(use.getDescription());
            }
        assertThat(faults).as("uses that point up or sideways").isEmpty();
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("linnet.core.(*)..").should().beFreeOfCycles().check(core);
    }

    private static int layerOf(JavaClass type) {
        for (int layer = 0; layer < LAYERS.size(); layer++)
            if (LAYERS.get(layer).contains(nameOf(type))) return layer;
        return -1;
    }

    /** The package below the root: {@code wire} of {@code linnet.core.wire}. */
    private static String nameOf(JavaClass type) {
        String[] parts = type.getPackageName().split("\\.", -1);
        return parts.length > 2 ? parts[2] : "";
    }
}

package linnet.web.jdk;

import org.teavm.extension.spi.substitution.SimpleSubstitutionPolicy;
import org.teavm.extension.spi.substitution.SubstitutionSink;

/** Tells the TeaVM compiler which class of this package stands for which JDK class. */
public final class JdkSubstitutions extends SimpleSubstitutionPolicy {
    @Override
    public void contribute(SubstitutionSink sink) {
        sink.selectClasses(named("java.security.Security")).replacePackage("java.security", "linnet.web.jdk");
    }
}

package linnet.app.cli;

import java.util.Map;
import linnet.app.report.Report;
import linnet.sim.dht.Gauge;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What the verbs about a simulated network have in common. */
abstract class SimNetwork extends Verb {
    @Option(
            names = "--seed",
            paramLabel = "<S>",
            defaultValue = "1",
            converter = SimTalk.SeedNumber.class,
            description = "Decides everything (default ${DEFAULT-VALUE}).")
    long seed;

    /** Measures this machine, and tells people how it goes. */
    Gauge gauge() {
        return new MachineGauge(this::say);
    }

    static Report with(Report report, Map<String, Double> figures) {
        figures.forEach(report::figure);
        return report;
    }

    /** Reads a number of peers. */
    static final class Peers extends Whole {
        Peers() {
            super(20, 1_000_000);
        }
    }

    /** Reads a number of minutes. */
    static final class Minutes extends Whole {
        Minutes() {
            super(1, 100_000);
        }
    }

    /** Reads a small number, such as of questions at once or of holders. */
    static final class Few extends Whole {
        Few() {
            super(1, 20);
        }
    }

    /** Reads a number of lookups. */
    static final class Lookups extends Whole {
        Lookups() {
            super(1, 1_000_000);
        }
    }

    /** Reads a share. */
    static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            try {
                double share = Double.parseDouble(text);
                if (share >= 0 && share <= 1) return share;
            } catch (NumberFormatException e) {
                // The same words as for a number that is out of range.
            }
            throw new TypeConversionException("'" + text + "' is not possible; allowed: 0 to 1");
        }
    }
}

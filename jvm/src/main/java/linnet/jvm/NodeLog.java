package linnet.jvm;

import linnet.core.env.Log;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** The core's structured events as slf4j key values. */
final class NodeLog implements Log {
    private static final Logger LOG = LoggerFactory.getLogger("linnet.node");

    @Override
    public void event(String name, Object... keysAndValues) {
        LoggingEventBuilder line = LOG.atInfo();
        for (int i = 0; i + 1 < keysAndValues.length; i += 2)
            line = line.addKeyValue(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        line.log(name);
    }
}

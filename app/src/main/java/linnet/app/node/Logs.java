package linnet.app.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Where the log goes. Commands only say warnings, on standard error; a node writes JSON lines into its home, and in the foreground
 * words on standard error too. Found by Logback as its configurator, so that no XML is read at the start.
 */
public final class Logs extends ContextAwareBase implements Configurator {
    /** Size at which a file is closed and the next one begun. */
    private static final long FILE_BYTES_MAX = 10L * 1_024 * 1_024;

    private static final String FILE = "linnet.log";

    /** Called by Logback. */
    public Logs() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(console(context));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Sends the log of a node into files.
     *
     * @param folder where
     * @param level error, warn, info or debug
     * @param files how many are kept, from 1
     * @param foreground whether people watch standard error
     */
    static void toFiles(Path folder, String level, int files, boolean foreground) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(level));
        // The libraries' own stories are of no use to people who run a node.
        for (String library : new String[] {"io.netty", "io.vertx"})
            context.getLogger(library).setLevel(Level.WARN);
        root.addAppender(rolling(context, folder, files));
        if (foreground) root.addAppender(console(context));
    }

    private static RollingFileAppender<ILoggingEvent> rolling(LoggerContext context, Path folder, int files) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        appender.setContext(context);
        appender.setFile(folder.resolve(FILE).toString());
        FixedWindowRollingPolicy policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(appender);
        policy.setFileNamePattern(folder.resolve("linnet.%i.log").toString());
        policy.setMinIndex(1);
        policy.setMaxIndex(Math.max(1, files - 1));
        policy.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> trigger = new SizeBasedTriggeringPolicy<>();
        trigger.setContext(context);
        trigger.setMaxFileSize(new FileSize(FILE_BYTES_MAX));
        trigger.start();
        appender.setRollingPolicy(policy);
        appender.setTriggeringPolicy(trigger);
        JsonEncoder lines = new JsonEncoder();
        lines.setWithFormattedMessage(true);
        lines.setWithMessage(true); // as it stands in the program, for reports without values
        lines.setWithArguments(false);
        lines.setWithSequenceNumber(false);
        lines.setWithNanoseconds(false);
        lines.setWithContext(false);
        lines.setWithMDC(false);
        appender.setEncoder(started(lines, context));
        appender.start();
        return appender;
    }

    private static ConsoleAppender<ILoggingEvent> console(LoggerContext context) {
        PatternLayoutEncoder words = new PatternLayoutEncoder();
        words.setPattern("%d{HH:mm:ss} %-5level %msg%n");
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(started(words, context));
        appender.start();
        return appender;
    }

    private static <E> Encoder<E> started(Encoder<E> encoder, LoggerContext context) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}

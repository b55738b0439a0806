package linnet.bench.mutants;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * The core and the simulator once more, with one class replaced by its mutant. Everything below {@code linnet} is loaded
 * afresh, so that all of it meets the mutant; the rest comes from the program.
 */
public final class MutantLoader extends ClassLoader {
    private static final String FRESH = "linnet.";

    private final Map<String, byte[]> mutated;

    private MutantLoader(Map<String, byte[]> mutated) {
        super(MutantLoader.class.getClassLoader());
        this.mutated = mutated;
    }

    /** Compiles a mutant in memory. */
    public static MutantLoader of(Mutant mutant, Path root) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null)
            throw new IllegalStateException("mutants are compiled, and this Java is only a runtime: use a JDK");
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        InMemory output = new InMemory(compiler.getStandardFileManager(problems, Locale.ROOT, null));
        List<String> options =
                List.of("-proc:none", "-nowarn", "--release", "17", "-cp", System.getProperty("java.class.path"));
        Source source = new Source(mutant.className(), mutant.patched(root));
        boolean compiled = compiler.getTask(null, output, problems, options, null, List.of(source))
                .call();
        if (!compiled)
            throw new IllegalStateException(mutant.name() + " does not compile: " + problems.getDiagnostics());
        Map<String, byte[]> classes = new LinkedHashMap<>();
        output.written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
        return new MutantLoader(classes);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(FRESH)) return super.loadClass(name, resolve);
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null) loaded = define(name);
            if (resolve) resolveClass(loaded);
            return loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        byte[] bytes = mutated.get(name);
        if (bytes == null) bytes = built(name);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] built(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) throw new ClassNotFoundException(name);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The source of the mutant. */
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    /** Takes what the compiler writes. */
    private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
        final Map<String, ByteArrayOutputStream> written = new LinkedHashMap<>();

        InMemory(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("mem:///" + className.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    written.put(className, bytes);
                    return bytes;
                }
            };
        }
    }
}

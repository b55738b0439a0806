package linnet.web;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.teavm.asm.ClassReader;
import org.teavm.asm.ClassVisitor;
import org.teavm.asm.Handle;
import org.teavm.asm.MethodVisitor;
import org.teavm.asm.Opcodes;
import org.teavm.asm.Type;
import org.teavm.model.FieldReference;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodReference;
import org.teavm.model.ReferenceCache;
import org.teavm.parsing.ClasspathClassHolderSource;
import org.teavm.parsing.ClasspathResourceProvider;

/**
 * The part of the JDK that TeaVM brings to a browser. Asked about compiled classes, it names what they use and a browser
 * lacks; unlike the TeaVM compiler it also looks at code that nothing reaches yet.
 */
final class TeaVmLibrary {
    private final ClasspathClassHolderSource library = new ClasspathClassHolderSource(
            new ClasspathResourceProvider(teaVmOnly()), new ReferenceCache(), TeaVmLibrary.class.getClassLoader());

    private final Set<String> missing = new TreeSet<>();

    /** Returns a line for every JDK class, method and field that the classes below {@code directory} use in vain. */
    Set<String> missingFor(Path directory) throws IOException {
        missing.clear();
        List<Path> classes;
        try (Stream<Path> walk = Files.walk(directory)) {
            classes = walk.filter(file -> file.toString().endsWith(".class")).toList();
        }
        for (Path file : classes)
            if (!file.endsWith("module-info.class")) new ClassReader(Files.readAllBytes(file)).accept(new Uses(), 0);
        return new TreeSet<>(missing);
    }

    /** The class path without the JDK, whose own {@code java.*} would answer for everything. */
    private static ClassLoader teaVmOnly() {
        List<URL> urls = new ArrayList<>();
        try {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1))
                urls.add(Path.of(entry).toUri().toURL());
        } catch (IOException e) {
            throw new AssertionError("class path", e);
        }
        return new URLClassLoader(urls.toArray(new URL[0]), null) {
            @Override
            public URL getResource(String name) {
                return findResource(name);
            }

            @Override
            public Enumeration<URL> getResources(String name) throws IOException {
                return findResources(name);
            }
        };
    }

    private boolean known(String where, String internalName) {
        String name = internalName.startsWith("[")
                ? Type.getType(internalName).getElementType().getClassName()
                : internalName.replace('/', '.');
        if (!name.startsWith("java.") && !name.startsWith("javax.")) return false;
        if (library.get(name) != null) return true;
        missing.add(where + ": " + name);
        return false;
    }

    private void method(String where, String owner, String name, String descriptor) {
        if (owner.startsWith("[") || !known(where, owner)) return;
        String type = owner.replace('/', '.');
        MethodDescriptor method = MethodDescriptor.parse(name + descriptor);
        if (library.resolve(new MethodReference(type, method)) == null)
            missing.add(where + ": " + type + "." + name + descriptor);
    }

    /** Walks over one class. */
    private final class Uses extends ClassVisitor {
        private String type = "";

        Uses() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name.replace('/', '.');
            known(type, parent);
            for (String each : interfaces) known(type, each);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] thrown) {
            return new MethodUses(type + "." + name);
        }
    }

    /** Walks over one method. */
    private final class MethodUses extends MethodVisitor {
        private final String where;

        MethodUses(String where) {
            super(Opcodes.ASM9);
            this.where = where;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            known(where, type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            String type = owner.replace('/', '.');
            if (known(where, owner) && library.resolve(new FieldReference(type, name)) == null)
                missing.add(where + ": " + type + "." + name);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            method(where, owner, name, descriptor);
            boolean primitives = owner.startsWith("[") && owner.length() == 2;
            if (primitives && name.equals("clone"))
                missing.add(where + ": clone() of a primitive array fails in WebAssembly; use Arrays.copyOf");
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            for (Object argument : arguments)
                if (argument instanceof Handle handle)
                    method(where, handle.getOwner(), handle.getName(), handle.getDesc());
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.MONITORENTER) missing.add(where + ": synchronized");
        }
    }
}

package linnet.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Everything that embedders can see says what it is: the compiler checks what is written, this test that it is. */
class GapsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "linnet", "jvm");

    @Test
    void everythingPublicIsDocumented() throws Exception {
        List<String> gaps = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> files = Files.list(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(20);
            JavacTask task = (JavacTask)
                    compiler.getTask(null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) new Scanner(docs, gaps).scan(unit, null);
        }
        assertThat(gaps).as("public, and without a word").isEmpty();
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final DocTrees docs;
        private final List<String> gaps;

        Scanner(DocTrees docs, List<String> gaps) {
            this.docs = docs;
            this.gaps = gaps;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            if (!isSeen(type.getModifiers())) return null;
            check(type.getSimpleName().toString());
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            if (isSeen(method.getModifiers()) && !isInherited(method))
                check(name(method.getName().toString()));
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void nothing) {
            if (field.getModifiers().getFlags().contains(Modifier.PUBLIC))
                check(name(field.getName().toString()));
            return null;
        }

        private static boolean isInherited(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(each -> each.getAnnotationType().toString().equals("Override"));
        }

        private boolean isSeen(ModifiersTree modifiers) {
            if (modifiers.getFlags().contains(Modifier.PUBLIC)) return true;
            TreePath outer = getCurrentPath().getParentPath();
            boolean inInterface = outer.getLeaf().getKind() == Tree.Kind.INTERFACE;
            return inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE);
        }

        private String name(String member) {
            return ((ClassTree) getCurrentPath().getParentPath().getLeaf()).getSimpleName() + "." + member;
        }

        private void check(String what) {
            DocCommentTree comment = docs.getDocCommentTree(getCurrentPath());
            if (comment == null || comment.getFirstSentence().isEmpty()) gaps.add(what);
        }
    }
}

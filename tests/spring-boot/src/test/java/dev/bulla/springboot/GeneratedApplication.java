package dev.bulla.springboot;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** An application as a host writes it, from source text to a server on a free port. */
final class GeneratedApplication implements AutoCloseable {
    private final URLClassLoader classes;
    private final ConfigurableApplicationContext context;

    private GeneratedApplication(URLClassLoader classes, ConfigurableApplicationContext context) {
        this.classes = classes;
        this.context = context;
    }

    /**
     * @param directory empty
     * @param main the class with the main method
     * @param files by their names
     */
    static GeneratedApplication start(Path directory, String main, Map<String, String> files, String... arguments)
            throws IOException, ReflectiveOperationException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        compile(directory);
        URLClassLoader classes =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, GeneratedApplication.class.getClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        thread.setContextClassLoader(classes);
        try {
            var entry = classes.loadClass(main).getMethod("main", String[].class);
            return new GeneratedApplication(
                    classes,
                    SpringApplication.from(given -> call(entry, given))
                            .run(arguments)
                            .getApplicationContext());
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    private static void call(java.lang.reflect.Method main, String[] arguments) {
        try {
            main.invoke(null, (Object) arguments);
        } catch (java.lang.reflect.InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure; // Spring leaves main by one, where somebody wants the context
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void compile(Path directory) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (Stream<Path> files = Files.list(directory);
                var manager = compiler.getStandardFileManager(null, null, null)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-d",
                    directory.toString(),
                    "-proc:none",
                    "-parameters",
                    "-cp",
                    System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            if (!compiled) {
                throw new IllegalStateException(said.toString());
            }
        }
    }

    /** Lines that a person wrote: without blank ones, those of a package or import, and those of brackets alone. */
    static long ownLines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.matches("[{}();]+") && !line.matches("(package|import) .*"))
                .count();
    }

    int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() throws IOException {
        context.close();
        classes.close();
    }
}

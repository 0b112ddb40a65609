package io.marketbrain;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The built classes of all modules, loaded a second time with record constructors that accept any values: so a test can
 * fill every component as it likes, whatever the record checks. Everything else is loaded as built, except that the
 * methods which the build step added can be changed to see whether a test notices.
 */
final class BuiltClasses extends ClassLoader {
    /** What the names of the methods that the build step adds start with. */
    private static final String PLAIN = "$plain$";

    private static final ClassFile FILES =
            ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver()
                    .orElse(ClassHierarchyResolver.ofResourceParsing(BuiltClasses.class.getClassLoader()))));

    private final Map<String, ClassModel> models;
    private final CodeTransform change;

    BuiltClasses() throws IOException {
        this(CodeTransform.ACCEPT_ALL);
    }

    /** With another instruction in place of each that the test selects, in the methods that the build step added. */
    BuiltClasses(Predicate<CodeElement> selected, Consumer<CodeBuilder> replacement) throws IOException {
        this((code, element) -> {
            if (selected.test(element)) {
                replacement.accept(code);
            } else {
                code.with(element);
            }
        });
    }

    private BuiltClasses(CodeTransform change) throws IOException {
        super(BuiltClasses.class.getClassLoader());
        this.models = new TreeMap<>();
        this.change = change;
        for (String module : List.of("../model", "../mock-market", "../gateway")) {
            models.putAll(parse(Path.of(module, "target", "classes")));
        }
        try (InputStream access = Access.class.getResourceAsStream("BuiltClasses$Access.class")) {
            models.put(Access.class.getName(), FILES.parse(access.readAllBytes()));
        }
    }

    /** The classes in a folder by their binary names. */
    static Map<String, ClassModel> parse(Path folder) throws IOException {
        Map<String, ClassModel> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                ClassModel model = FILES.parse(file);
                found.put(model.thisClass().asInternalName().replace('/', '.'), model);
            }
        }
        return found;
    }

    Map<String, ClassModel> models() {
        return models;
    }

    static boolean isPlainCall(CodeElement element) {
        return element instanceof InvokeInstruction call
                && call.opcode() == Opcode.INVOKESTATIC
                && call.name().stringValue().startsWith(PLAIN);
    }

    /** Whether an instruction calls a method, as {@code Class.method}. */
    static boolean isCallOf(CodeElement element, String method) {
        return element instanceof InvokeInstruction call
                && method.equals(call.owner().asSymbol().displayName() + "." + call.name());
    }

    static boolean isConstant(CodeElement element, int value) {
        return element instanceof ConstantInstruction constant
                && constant.constantValue().equals(value);
    }

    /** Full access to a class of this loader, as its own code has. */
    MethodHandles.Lookup lookupIn(Class<?> type) throws ReflectiveOperationException {
        return (MethodHandles.Lookup)
                loadClass(Access.class.getName()).getMethod("to", Class.class).invoke(null, type);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !models.containsKey(name)) {
                return loaded == null ? super.loadClass(name, resolve) : loaded;
            }
            ClassModel model = models.get(name);
            byte[] bytes = FILES.transformClass(model, (builder, element) -> adapt(model, builder, element));
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private void adapt(ClassModel model, ClassBuilder builder, ClassElement element) {
        if (element instanceof MethodModel method && isCanonicalConstructor(model, method)) {
            builder.withMethodBody(
                    method.methodName().stringValue(),
                    method.methodTypeSymbol(),
                    ClassFile.ACC_PUBLIC,
                    code -> assign(model, code));
        } else if (element instanceof MethodModel method
                && !change.equals(CodeTransform.ACCEPT_ALL)
                && method.methodName().stringValue().startsWith(PLAIN)) {
            builder.transformMethod(method, MethodTransform.transformingCode(change));
        } else {
            builder.with(element);
        }
    }

    private static boolean isCanonicalConstructor(ClassModel model, MethodModel method) {
        return model.findAttribute(Attributes.record()).isPresent()
                && method.methodName().equalsString(ConstantDescs.INIT_NAME)
                && method.methodTypeSymbol()
                        .parameterList()
                        .equals(components(model).stream()
                                .map(RecordComponentInfo::descriptorSymbol)
                                .toList());
    }

    private static List<RecordComponentInfo> components(ClassModel model) {
        return model.findAttribute(Attributes.record()).orElseThrow().components();
    }

    private static void assign(ClassModel model, CodeBuilder code) {
        code.aload(0)
                .invokespecial(
                        ClassDesc.of("java.lang.Record"),
                        ConstantDescs.INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void));
        int parameter = 0;
        for (RecordComponentInfo component : components(model)) {
            ClassDesc type = component.descriptorSymbol();
            code.aload(0)
                    .loadLocal(TypeKind.from(type), code.parameterSlot(parameter++))
                    .putfield(model.thisClass().asSymbol(), component.name().stringValue(), type);
        }
        code.return_();
    }

    /** Loaded once more, too: only code of the same loader gets full access. */
    public static final class Access {
        private Access() {}

        public static MethodHandles.Lookup to(Class<?> type) throws IllegalAccessException {
            return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
        }
    }
}

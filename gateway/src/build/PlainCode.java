import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A build step that replaces code which javac leaves to be linked at run time, and which the ahead-of-time cache of
 * Java 25 does not keep, with equivalent plain code: type switches, and {@code equals} and {@code hashCode} of records.
 * Linking them took a quarter of the start time. Takes the folder of class files as its argument; running it again
 * changes nothing.
 */
final class PlainCode {
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

    private final ClassModel model;
    private final ClassDesc owner;
    private final List<Consumer<ClassBuilder>> added = new ArrayList<>();

    private PlainCode(ClassModel model) {
        this.model = model;
        this.owner = model.thisClass().asSymbol();
    }

    public static void main(String[] arguments) throws IOException {
        ClassFile files = ClassFile.of(
                ClassFile.ConstantPoolSharingOption.NEW_POOL,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.defaultResolver()
                        .orElse(ClassHierarchyResolver.ofResourceParsing(PlainCode.class.getClassLoader()))));
        try (Stream<Path> all = Files.walk(Path.of(arguments[0]))) {
            for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
                var work = new PlainCode(files.parse(file));
                byte[] plain = files.transformClass(work.model, work.transform());
                if (!work.added.isEmpty()) {
                    Files.write(file, plain);
                }
            }
        }
    }

    private ClassTransform transform() {
        return ClassTransform.transformingMethodBodies((CodeTransform) this::replace)
                .andThen(ClassTransform.endHandler(builder -> added.forEach(method -> method.accept(builder))));
    }

    private void replace(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction call && findBody(call) instanceof Consumer<CodeBuilder> body) {
            String name = "$plain$" + added.size();
            MethodTypeDesc type = call.typeSymbol();
            int flags = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
            added.add(builder -> builder.withMethodBody(name, type, flags, body));
            code.invokestatic(owner, name, type, model.flags().has(java.lang.reflect.AccessFlag.INTERFACE));
        } else {
            code.with(element);
        }
    }

    /** The plain code that replaces a call; null if the call stays as it is. */
    private static Consumer<CodeBuilder> findBody(InvokeDynamicInstruction call) {
        DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
        List<ConstantDesc> arguments = call.bootstrapArgs();
        return switch (bootstrap.owner().displayName() + "." + bootstrap.methodName() + "." + call.name().stringValue()) {
            case "SwitchBootstraps.typeSwitch.typeSwitch" ->
                arguments.stream().allMatch(ClassDesc.class::isInstance) ? code -> typeSwitch(code, arguments) : null;
            case "ObjectMethods.bootstrap.equals" -> code -> equals(code, (ClassDesc) arguments.get(0), fields(arguments));
            case "ObjectMethods.bootstrap.hashCode" -> code -> hashCode(code, (ClassDesc) arguments.get(0), fields(arguments));
            default -> null;
        };
    }

    private record Field(String name, ClassDesc type) {}

    private static List<Field> fields(List<ConstantDesc> arguments) {
        return arguments.stream()
                .skip(2)
                .map(DirectMethodHandleDesc.class::cast)
                .map(getter -> new Field(getter.methodName(), getter.invocationType().returnType()))
                .toList();
    }

    /**
     * Returns the index of the first label, counting from the second argument, that the first argument is an instance
     * of.
     */
    private static void typeSwitch(CodeBuilder code, List<ConstantDesc> labels) {
        code.aload(0).ifThen(java.lang.classfile.Opcode.IFNULL, none -> none.iconst_m1().ireturn());
        for (int i = 0; i < labels.size(); i++) {
            Label next = code.newLabel();
            code.iload(1).loadConstant(i).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
            code.loadConstant(i).ireturn();
            code.labelBinding(next);
        }
        code.loadConstant(labels.size()).ireturn();
    }

    private static void equals(CodeBuilder code, ClassDesc owner, List<Field> fields) {
        Label different = code.newLabel();
        code.aload(1).instanceOf(owner).ifeq(different);
        for (Field field : fields) {
            ClassDesc type = field.type();
            code.aload(0).getfield(owner, field.name(), type);
            code.aload(1).checkcast(owner).getfield(owner, field.name(), type);
            switch (TypeKind.from(type)) {
                case LONG -> code.lcmp().ifne(different);
                case FLOAT, DOUBLE -> {
                    ClassDesc box = box(type);
                    code.invokestatic(box, "compare", MethodTypeDesc.of(CD_int, type, type)).ifne(different);
                }
                case REFERENCE -> {
                    code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object));
                    code.ifeq(different);
                }
                default -> code.if_icmpne(different);
            }
        }
        code.iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    private static void hashCode(CodeBuilder code, ClassDesc owner, List<Field> fields) {
        code.iconst_0();
        for (Field field : fields) {
            ClassDesc type = field.type();
            code.loadConstant(31).imul().aload(0).getfield(owner, field.name(), type);
            if (type.isPrimitive()) {
                code.invokestatic(box(type), "hashCode", MethodTypeDesc.of(CD_int, type));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (primitive.displayName()) {
            case "int" -> ClassDesc.of("java.lang.Integer");
            case "char" -> ClassDesc.of("java.lang.Character");
            case String name -> ClassDesc.of("java.lang." + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        };
    }
}

package cn.xinyuan.server;

import static org.assertj.core.api.Assertions.assertThat;

import cn.xinyuan.server.pages.AnyoneMayCall;
import cn.xinyuan.server.pages.MayCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Every handler says who may call it, or that anyone may. */
class HandlersTest {

    @Test
    void every_handler_says_who_may_call_it() {
        List<Method> handlers = handlers();
        assertThat(handlers).isNotEmpty();
        assertThat(handlers).allMatch(HandlersTest::saysWho);
    }

    @Test
    void a_handler_that_says_nothing_is_seen() throws NoSuchMethodException {
        assertThat(saysWho(Silent.class.getDeclaredMethod("hello"))).isFalse();
    }

    static List<Method> handlers() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackagesOf(Xinyuan.class).stream()
                        .filter(c -> c.isMetaAnnotatedWith(Controller.class) || isController(c))
                        .flatMap(c -> c.getMethods().stream())
                        .map(JavaMethod::reflect)
                        .filter(m -> AnnotatedElementUtils.hasAnnotation(m, RequestMapping.class))
                        .toList();
    }

    private static boolean isController(JavaClass type) {
        return type.isAnnotatedWith(Controller.class);
    }

    private static boolean saysWho(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, MayCall.class)
                || AnnotatedElementUtils.hasAnnotation(method, AnyoneMayCall.class)
                || AnnotatedElementUtils.hasAnnotation(method.getDeclaringClass(), MayCall.class)
                || AnnotatedElementUtils.hasAnnotation(
                        method.getDeclaringClass(), AnyoneMayCall.class);
    }

    @SuppressWarnings("UnusedMethod")
    private static final class Silent {
        @RequestMapping("/hello")
        void hello() {}
    }
}

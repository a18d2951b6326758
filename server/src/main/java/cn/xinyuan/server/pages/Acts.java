package cn.xinyuan.server.pages;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.web.servlet.ModelAndView;

/** What a form asks for: done, or the form again with what was typed. */
public final class Acts {

    private Acts() {}

    /**
     * Carries out an act and leads on, so that a reload does nothing twice; or shows the form again
     * with everything that was typed and what is wrong with it.
     *
     * @param act answers the address where it leads, such as {@code /p/lots/…}
     * @param again draws the page with the form
     */
    public static ModelAndView orFormAgain(
            HttpServletRequest request, Supplier<String> act, Function<Form, ModelAndView> again) {
        try {
            return new ModelAndView("redirect:" + act.get());
        } catch (Problems problems) {
            return again.apply(Form.of(request, problems));
        } catch (Refused refused) {
            return again.apply(Form.of(request, refused));
        }
    }
}

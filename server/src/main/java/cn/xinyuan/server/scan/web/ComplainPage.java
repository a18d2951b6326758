package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The complaint form. */
public record ComplainPage(Form form, String once, boolean english, List<Choice> abouts) {
    public String say(String chinese, String other) {
        return english ? other : chinese;
    }
}

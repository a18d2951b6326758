package cn.xinyuan.server.scan.web;

import cn.xinyuan.server.pages.Form;

/** The page to type a code. */
public record TypePage(Form form, boolean english) {
    public String say(String chinese, String other) {
        return english ? other : chinese;
    }
}

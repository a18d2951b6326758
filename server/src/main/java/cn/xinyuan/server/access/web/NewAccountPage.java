package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Choice;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The form for a new account. */
public record NewAccountPage(List<Choice> roles, List<Choice> parties, Form form) {}

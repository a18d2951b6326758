package cn.xinyuan.server.access.web;

import cn.xinyuan.server.access.DemoLogIns.DemoLogIn;
import cn.xinyuan.server.pages.Form;
import java.util.List;

/** The sign-in page; demo log-ins are there in the demo only. */
public record LogInPage(String next, Form form, List<DemoLogIn> demoLogIns) {}

package cn.xinyuan.server.access.web;

import cn.xinyuan.server.pages.Form;

/** The form for the first administrator. */
public record SetUpPage(String token, Form form) {}

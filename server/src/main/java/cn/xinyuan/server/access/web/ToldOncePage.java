package cn.xinyuan.server.access.web;

/** A password or key, shown this once. */
public record ToldOncePage(
        String title, String text, String what, String secret, String back, String active) {}

package cn.xinyuan.server.portal.web;

/** Nothing was found. */
public record FindPage(String typed) {}
